import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { PreservedForms, preservedFormView } from '../../http/preserved-form.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { PasswordForm } from '../core/toolkit.dto.js';

/** Routes to unlock and lock the private area. */
@Controller('toolkit')
export class UnlockController {
  constructor(
    private readonly lock: PrivateLock,
    private readonly kept: PreservedForms,
  ) {}

  @Get('unlock')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const back = localPath(textQuery(req, 'next'), '/toolkit');
    return (await this.lock.isLocked(viewer)) ? this.page(i18n, back, '') : seeOther(back);
  }

  @Post('unlock')
  async unlock(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(PasswordForm) form: Submitted<PasswordForm>,
  ): Promise<Page | SeeOther> {
    const back = localPath(form.values.next, '/toolkit');
    const sealed = typeof form.values.kept === 'string' ? form.values.kept : '';
    if (!form.valid) return this.page(i18n, back, sealed, { values: {}, faults: form.faults });
    if (!(await this.lock.unlock(viewer, form.value.password)))
      return this.page(i18n, back, sealed, {
        values: {},
        faults: [{ field: 'password', key: 'toolkit.error.password' }],
      });
    const written = this.kept.open(sealed);
    return written === null
      ? seeOther(back)
      : page('accounts/kept', preservedFormView(written), { titleKey: 'accounts.kept.title' });
  }

  @Post('lock')
  async close(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.lock.lock(viewer);
    return seeOther('/', 'toolkit.notice.locked');
  }

  private page(i18n: Translator, back: string, kept: string, faulty?: InvalidForm): Page {
    return formPage('toolkit/unlock', { back, kept, form: formView(i18n, faulty) }, faulty, {
      titleKey: 'toolkit.unlock.title',
    });
  }
}
