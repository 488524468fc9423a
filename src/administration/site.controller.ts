import { Controller, Get, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { SiteSettings } from '../http/site-settings.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { MemorialForm, SettingsForm } from './site.dto.js';
import { SiteAdministration } from './site.service.js';
import { memorialsView, settingsView, valuesOfSettings } from './site.view.js';

/** Site settings that take effect without a restart, and memorial accounts. */
@Admin()
@Controller('admin')
export class SiteController {
  constructor(
    private readonly settings: SiteSettings,
    private readonly site: SiteAdministration,
  ) {}

  @Get('settings')
  async show(@I18n() i18n: Translator): Promise<Page> {
    await this.settings.refresh();
    return this.settingsPage(i18n);
  }

  @Post('settings')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SettingsForm) form: Submitted<SettingsForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.settingsPage(i18n, form);
    await this.site.set(viewer, form.value);
    return seeOther('/admin/settings', 'administration.notice.saved');
  }

  @Get('memorials')
  async list(@I18n() i18n: Translator): Promise<Page> {
    return this.memorialsPage(i18n);
  }

  @Post('memorials')
  async remember(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(MemorialForm) form: Submitted<MemorialForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.memorialsPage(i18n, form);
    const result = await catchFieldError(() => this.site.remember(viewer, form.value), form.values);
    return 'form' in result
      ? this.memorialsPage(i18n, result.form)
      : seeOther('/admin/memorials', 'administration.notice.memorial');
  }

  private settingsPage(i18n: Translator, faulty?: InvalidForm): Page {
    const stored = valuesOfSettings(this.settings.current);
    const view = settingsView(formView(i18n, faulty, stored));
    return formPage('administration/settings', view, faulty, {
      titleKey: 'administration.settings.title',
    });
  }

  private async memorialsPage(i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const view = memorialsView(await this.site.memorials(), formView(i18n, faulty), i18n);
    return formPage('administration/memorials', view, faulty, {
      titleKey: 'administration.memorials.title',
    });
  }
}
