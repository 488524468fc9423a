import { Controller, Get, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { Messages } from '../kernel/messages.js';
import { Templates } from '../kernel/templates.js';
import type { Words } from '../kernel/words.js';
import { countryOf } from '../safety/reader-country.js';
import { ownCardView } from './own-card.view.js';
import { planSteps } from './plan.view.js';
import { PrivateArea } from './private-area.js';
import { PrivateLock } from './private-lock.service.js';
import { TakingOut } from './take-out.service.js';
import { takenOutView, READABLE_STYLE } from './take-out.view.js';
import { EraseForm } from './toolkit.dto.js';

/** Taking everything along, and erasing it, apart from the account. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class TakeOutController {
  constructor(
    private readonly takingOut: TakingOut,
    private readonly lock: PrivateLock,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  @Get('take-out')
  show(@Member() _viewer: Viewer, @InWords() words: Words): Page {
    return this.page(words);
  }

  @Get('take-out.json')
  async json(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('take-out', viewer.memberId, 30, 3_600);
    asFile(res, 'json', 'application/json; charset=utf-8');
    return `${JSON.stringify(await this.takingOut.all(viewer, words), null, 2)}\n`;
  }

  /** One file that any browser reads, without a connection and without us. */
  @Get('take-out.html')
  async html(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('take-out', viewer.memberId, 30, 3_600);
    const all = await this.takingOut.all(viewer, words);
    const country = countryOf(req, this.config);
    const view = {
      ...takenOutView(all, words),
      card: ownCardView(all.card, country, words),
      plan: all.plan === null ? null : planSteps(all.plan, [], country, words),
    };
    const facts = { locale: words.locale, title: words.t('toolkit.title') };
    asFile(res, 'html', 'text/html; charset=utf-8');
    return this.templates
      .page('toolkit/take-out-file', view, facts, 'layouts/file')
      .replace('</title>', `</title>\n<style>${READABLE_STYLE}</style>`);
  }

  @Post('erase')
  async erase(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(EraseForm) form: Submitted<EraseForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(words, { values: {}, faults: form.faults });
    if (!(await this.lock.knows(viewer, form.value.password)))
      return this.page(words, {
        values: {},
        faults: [{ field: 'password', key: 'toolkit.error.password' }],
      });
    await this.takingOut.erase(viewer);
    return seeOther('/toolkit', 'toolkit.notice.erased');
  }

  private page(words: Words, faulty?: FaultyForm): Page {
    return page(
      'toolkit/take-out',
      { form: formView(this.messages, words.locale, faulty) },
      { status: faulty === undefined ? 200 : 422, titleKey: 'toolkit.take-out.title' },
    );
  }
}

// A neutral name: whoever looks into the folder of downloads learns nothing.
function asFile(res: Response, ending: string, type: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Disposition', `attachment; filename="my-notes.${ending}"`);
  res.setHeader('Cache-Control', 'private, no-store');
  res.setHeader('X-Robots-Tag', 'noindex');
}
