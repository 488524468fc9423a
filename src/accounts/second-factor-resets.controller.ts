import { Controller, Get, Param, Post } from '@nestjs/common';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin, Reauthenticated, Staff } from '../http/guards.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { ResetAnswer, ResetQuestion } from './accounts.dto.js';
import { SecondFactorResets } from './second-factor-resets.service.js';

const PAGE = '/mod/second-step';

/** Resets a member's lost second factor: an administrator requests it, a second person approves. */
@Controller()
export class SecondFactorResetsController {
  constructor(private readonly resets: SecondFactorResets) {}

  @Staff()
  @Get('mod/second-step')
  list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.page(viewer, i18n);
  }

  @Admin()
  @Reauthenticated()
  @Post('admin/members/second-step')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ResetQuestion) form: Submitted<ResetQuestion>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    const { handle, reason } = form.value;
    const done = await catchFieldError(() => this.resets.ask(viewer, handle, reason), form.values);
    return 'form' in done
      ? this.page(viewer, i18n, done.form)
      : seeOther(PAGE, 'accounts.notice.reset-asked');
  }

  @Staff()
  @Reauthenticated()
  @Post('mod/second-step/:id/settle')
  async settle(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ResetAnswer) form: Submitted<ResetAnswer>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    await this.resets.settle(viewer, id, form.value.answer === 'agree');
    return seeOther(PAGE, 'accounts.notice.reset-settled');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const requests = await this.resets.open(viewer);
    const view = {
      form: formView(i18n, faulty),
      mayAsk: viewer.role === 'admin',
      requests: requests.map(({ createdAt, ...request }) => ({
        ...request,
        line: i18n.t('accounts.resets.line', {
          who: request.who,
          handle: request.handle,
          when: i18n.when(createdAt),
        }),
      })),
    };
    return formPage('accounts/second-factor-resets', view, faulty, {
      titleKey: 'accounts.resets.title',
    });
  }
}
