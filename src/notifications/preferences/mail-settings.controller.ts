import { Controller, Get, Post } from '@nestjs/common';
import { settingsTabs } from '../../accounts/settings.view.js';
import { formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { MailSafeForm, MailSettingsForm } from './mail-settings.dto.js';
import { MailSettings } from './mail-settings.service.js';
import { settingsValues, settingsView } from './mail-settings.view.js';

const HERE = '/settings/notifications';

/** What a member gets by mail, and what it gives away. */
@Controller('settings/notifications')
export class MailSettingsController {
  constructor(private readonly settings: MailSettings) {}

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
    const done = await refusedField(
      () => this.settings.save(viewer.memberId, form.value),
      form.values,
    );
    return 'form' in done
      ? this.page(viewer, i18n, done.form)
      : seeOther(HERE, 'notifications.notice.saved');
  }

  /** The yearly question, answered where it is asked. */
  @Post('mail-safe')
  async safe(
    @CurrentMember() viewer: Viewer,
    @Form(MailSafeForm) form: Submitted<MailSafeForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'notifications.error.safe');
    await this.settings.answerSafe(viewer.memberId, form.value.mailSafe);
    return seeOther(HERE, 'notifications.notice.saved');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const wishes = await this.settings.of(viewer.memberId);
    const form = formView(i18n, faulty, faulty === undefined ? settingsValues(wishes) : {});
    const view = { tabs: settingsTabs(i18n, 'notifications'), ...settingsView(wishes, form, i18n) };
    return page('notifications/settings', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'notifications.settings-page.title',
    });
  }
}
