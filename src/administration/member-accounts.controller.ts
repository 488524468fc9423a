import { Controller, Get, Param, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { MemberByMailForm, MemberHelpForm } from './member-accounts.dto.js';
import { MemberAccounts } from './member-accounts.service.js';
import { memberAccountView, type HelpForm } from './member-accounts.view.js';

/** Routes to find an account by email address, and to help its owner to get in. */
@Admin()
@Controller('admin')
export class MemberAccountsController {
  constructor(private readonly accounts: MemberAccounts) {}

  @Get('member-by-mail')
  find(@I18n() i18n: Translator): Page {
    return this.findPage(i18n);
  }

  // The email address is sent in the body, so that it never appears in a URL.
  @Post('member-by-mail')
  async found(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(MemberByMailForm) form: Submitted<MemberByMailForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.findPage(i18n, form);
    const result = await catchFieldError(
      () => this.accounts.byMail(viewer, form.value),
      form.values,
    );
    return 'form' in result
      ? this.findPage(i18n, result.form)
      : seeOther(`/admin/members/${result.done}`);
  }

  @Get('members/:handle')
  show(@Param('handle') handle: string, @I18n() i18n: Translator): Promise<Page> {
    return this.accountPage(i18n, handle);
  }

  @Post('members/:handle/confirmation')
  confirmation(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @I18n() i18n: Translator,
    @Form(MemberHelpForm) form: Submitted<MemberHelpForm>,
  ): Promise<Page | SeeOther> {
    return this.help('confirmation', handle, i18n, form, (value) =>
      this.accounts.sendConfirmation(viewer, handle, value),
    );
  }

  @Post('members/:handle/reset')
  reset(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @I18n() i18n: Translator,
    @Form(MemberHelpForm) form: Submitted<MemberHelpForm>,
  ): Promise<Page | SeeOther> {
    return this.help('reset', handle, i18n, form, (value) =>
      this.accounts.sendReset(viewer, handle, value),
    );
  }

  @Post('members/:handle/mail')
  mail(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @I18n() i18n: Translator,
    @Form(MemberHelpForm) form: Submitted<MemberHelpForm>,
  ): Promise<Page | SeeOther> {
    return this.help('mail', handle, i18n, form, (value) =>
      this.accounts.resumeMail(viewer, handle, value),
    );
  }

  private async help(
    which: HelpForm,
    handle: string,
    i18n: Translator,
    form: Submitted<MemberHelpForm>,
    work: (value: MemberHelpForm) => Promise<void>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.accountPage(i18n, handle, which, form);
    const result = await catchFieldError(() => work(form.value), form.values);
    return 'form' in result
      ? this.accountPage(i18n, handle, which, result.form)
      : seeOther(`/admin/members/${handle}`, `administration.member.notice.${which}`);
  }

  private findPage(i18n: Translator, faulty?: InvalidForm): Page {
    const view = { form: formView(i18n, faulty) };
    return formPage('administration/member-by-mail', view, faulty, {
      titleKey: 'administration.member-by-mail.title',
    });
  }

  private async accountPage(
    i18n: Translator,
    handle: string,
    failed: HelpForm | null = null,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const account = await this.accounts.account(handle);
    const view = memberAccountView(account, formView(i18n, faulty), failed, i18n);
    return formPage('administration/member', view, faulty, { title: account.handle });
  }
}
