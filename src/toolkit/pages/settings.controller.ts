import { Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import { formPage } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { SettingsForm } from '../core/toolkit.dto.js';
import { settingsView } from './settings.view.js';

/** Settings for counters, reminders, the look back and the private lock. */
@Controller('toolkit/settings')
@UseInterceptors(PrivateArea)
export class ToolkitSettingsController {
  constructor(
    private readonly settings: ToolkitSettingsService,
    private readonly lock: PrivateLock,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.page(viewer, i18n);
  }

  @Post()
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SettingsForm) form: Submitted<SettingsForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    const { hideCounts, lookBack } = form.value;
    const [remindEvery, lockMinutes] = [
      numberOf(form.value.remindEvery),
      numberOf(form.value.lockMinutes),
    ];
    const before = await this.settings.of(viewer);
    if (
      before.lockMinutes !== lockMinutes &&
      !(await this.lock.knows(viewer, form.value.password))
    ) {
      return this.page(viewer, i18n, {
        values: { ...form.values, password: '' },
        faults: [{ field: 'password', key: 'toolkit.error.lock-password' }],
      });
    }
    await this.settings.save(viewer, { hideCounts, lookBack, remindEvery, lockMinutes });
    if (lockMinutes !== null) await this.lock.keepOpen(viewer, lockMinutes);
    return seeOther('/toolkit/settings', 'toolkit.notice.kept');
  }

  @Post('reset')
  async reset(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.settings.resetCounts(viewer);
    return seeOther('/toolkit/settings', 'toolkit.notice.reset');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const view = settingsView(await this.settings.of(viewer), i18n, faulty);
    return formPage('toolkit/settings', view, faulty, { titleKey: 'toolkit.settings.title' });
  }
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text);
}
