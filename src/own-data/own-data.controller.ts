import { Controller, Get, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Credentials } from '../accounts/credentials.js';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../kernel/messages.js';
import { Templates } from '../kernel/templates.js';
import type { Words } from '../kernel/words.js';
import { Closing } from './closing.service.js';
import { CloseForm } from './own-data.dto.js';
import { OwnData } from './own-data.service.js';
import { fileView, ownDataView, receiptView } from './own-data.view.js';

/** Taking one's data along, and closing the account. */
@Controller('settings/data')
export class OwnDataController {
  constructor(
    private readonly own: OwnData,
    private readonly closing: Closing,
    private readonly credentials: Credentials,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
    private readonly messages: Messages,
  ) {}

  @Get()
  show(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.page(viewer, words);
  }

  @Get('my-data.json')
  async json(@Member() viewer: Viewer, @Res({ passthrough: true }) res: Response): Promise<string> {
    await this.limits.count('own-data', viewer.memberId, 20, 3_600);
    asFile(res, 'json', 'application/json; charset=utf-8');
    return `${JSON.stringify(await this.own.of(viewer.memberId), null, 2)}\n`;
  }

  /** One file that any browser reads, without a connection and without us. */
  @Get('my-data.html')
  async html(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('own-data', viewer.memberId, 20, 3_600);
    const facts = { locale: words.locale, title: words.t('accounts.data.title') };
    asFile(res, 'html', 'text/html; charset=utf-8');
    return this.templates.page(
      'own-data/file',
      fileView(words, await this.own.of(viewer.memberId)),
      facts,
      'layouts/file',
    );
  }

  @Post('close')
  async close(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(CloseForm) form: Submitted<CloseForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid)
      return this.page(viewer, words, {
        faults: form.faults,
        values: { ...form.values, password: '' },
      });
    await this.limits.count('own-password', viewer.memberId, 10, 3_600);
    if (!(await this.credentials.checkOwn(viewer.memberId, form.value.password))) {
      return this.page(viewer, words, {
        faults: [{ field: 'password', key: 'accounts.error.wrong-password' }],
        values: { words: form.value.words },
      });
    }
    await this.closing.ask(viewer, form.value.words);
    return seeOther('/settings/data/receipt');
  }

  @Get('receipt')
  async receipt(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page | SeeOther> {
    const wish = await this.closing.wishOf(viewer.memberId);
    if (wish === null) return seeOther('/settings/data');
    return page('own-data/receipt', receiptView(words, wish), {
      titleKey: 'accounts.data.receipt',
    });
  }

  @Post('keep')
  async keep(@Member() viewer: Viewer): Promise<SeeOther> {
    await this.closing.undo(viewer);
    return seeOther('/settings/data', 'accounts.data.kept-notice');
  }

  private async page(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const view = ownDataView(
      words,
      await this.closing.wishOf(viewer.memberId),
      formView(this.messages, words.locale, faulty),
    );
    return page('own-data/data', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'accounts.data.title',
    });
  }
}

// A neutral name: whoever looks into the folder of downloads learns nothing.
function asFile(res: Response, ending: string, type: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Disposition', `attachment; filename="my-data.${ending}"`);
  res.setHeader('Cache-Control', 'private, no-store');
  res.setHeader('X-Robots-Tag', 'noindex');
}
