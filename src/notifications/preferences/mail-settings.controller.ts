import { Controller, Get, Post } from '@nestjs/common';
import { formPage } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { AppError } from '../../kernel/errors.js';
import { vapidOf } from '../../kernel/push-settings.js';
import type { Translator } from '../../i18n/translator.js';
import { MailSafeForm, MailSettingsForm } from './mail-settings.dto.js';
import { MailSettings } from './mail-settings.service.js';
import { settingsView } from './mail-settings.view.js';

const PATH = '/settings/notifications';

/** The mail settings of a member. */
@Controller('settings/notifications')
export class MailSettingsController {
  constructor(
    private readonly settings: MailSettings,
    private readonly config: Config,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.page(viewer, i18n);
  }

  @Post()
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(MailSettingsForm) form: Submitted<MailSettingsForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    const done = await catchFieldError(
      () => this.settings.save(viewer.memberId, form.value),
      form.values,
    );
    return 'form' in done
      ? this.page(viewer, i18n, done.form)
      : seeOther(PATH, 'notifications.notice.saved');
  }

  /** The answer to the yearly question whether email is safe. */
  @Post('mail-safe')
  async safe(
    @CurrentMember() viewer: Viewer,
    @Form(MailSafeForm) form: Submitted<MailSafeForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'notifications.error.safe');
    await this.settings.answerSafe(viewer.memberId, form.value.mailSafe);
    return seeOther(PATH, 'notifications.notice.saved');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const preferences = await this.settings.of(viewer.memberId);
    const view = {
      ...settingsView(preferences, faulty, i18n),
      push: vapidOf(this.config) !== null,
    };
    return formPage('notifications/settings', view, faulty, {
      titleKey: 'notifications.settings-page.title',
    });
  }
}
