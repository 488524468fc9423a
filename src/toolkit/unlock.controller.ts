import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { KeptForms, keptFormView } from '../http/kept-form.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../kernel/messages.js';
import type { Words } from '../kernel/words.js';
import { PrivateLock } from './private-lock.service.js';
import { PasswordForm } from './toolkit.dto.js';

/** Opening and closing the private pages. */
@Controller('toolkit')
export class UnlockController {
  constructor(
    private readonly lock: PrivateLock,
    private readonly kept: KeptForms,
    private readonly messages: Messages,
  ) {}

  @Get('unlock')
  async ask(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const back = localPath(textQuery(req, 'next'), '/toolkit');
    return (await this.lock.isLocked(viewer)) ? this.page(words, back, '') : seeOther(back);
  }

  @Post('unlock')
  async unlock(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(PasswordForm) form: Submitted<PasswordForm>,
  ): Promise<Page | SeeOther> {
    const back = localPath(form.values.next, '/toolkit');
    const sealed = typeof form.values.kept === 'string' ? form.values.kept : '';
    if (!form.valid) return this.page(words, back, sealed, { values: {}, faults: form.faults });
    if (!(await this.lock.unlock(viewer, form.value.password)))
      return this.page(words, back, sealed, {
        values: {},
        faults: [{ field: 'password', key: 'toolkit.error.password' }],
      });
    const written = this.kept.open(sealed);
    return written === null
      ? seeOther(back)
      : page('accounts/kept', keptFormView(written), { titleKey: 'accounts.kept.title' });
  }

  @Post('lock')
  async close(@Member() viewer: Viewer): Promise<SeeOther> {
    await this.lock.lock(viewer);
    return seeOther('/', 'toolkit.notice.locked');
  }

  private page(words: Words, back: string, kept: string, faulty?: FaultyForm): Page {
    return page(
      'toolkit/unlock',
      { back, kept, form: formView(this.messages, words.locale, faulty) },
      { status: faulty === undefined ? 200 : 422, titleKey: 'toolkit.unlock.title' },
    );
  }
}
