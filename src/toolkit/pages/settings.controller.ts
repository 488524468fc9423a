import { Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import { selectOptions, type SelectOption } from '../../http/options.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';
import { SettingsForm } from '../core/toolkit.dto.js';

const REMIND = ['', '1', '3', '7', '14', '30'] as const;
const LOCK = ['', '5', '15', '30', '60'] as const;

/** Counters, reminders, the look back, the second lock. */
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

  private async page(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const stored = await this.settings.of(viewer);
    const form = formView(i18n, faulty, {
      remindEvery: String(stored.remindEvery ?? ''),
      lockMinutes: String(stored.lockMinutes ?? ''),
      ...(stored.hideCounts ? { hideCounts: 'on' } : {}),
      ...(stored.lookBack ? { lookBack: 'on' } : {}),
    });
    // A box that was unticked is missing from what was sent: then what is stored must not tick it
    // again.
    const ticked = (name: string): boolean =>
      (faulty === undefined ? form.values[name] : faulty.values[name]) !== undefined;
    const options = (
      name: 'remind' | 'lock',
      values: readonly string[],
      chosen: string | string[] | undefined,
    ): SelectOption[] =>
      selectOptions(values, chosen, (value) =>
        i18n.t(`toolkit.settings.${name}.${value === '' ? 'none' : value}`),
      );
    const view = {
      tabs: toolkitTabs(i18n, 'settings'),
      form,
      hideCounts: ticked('hideCounts'),
      lookBack: ticked('lookBack'),
      remind: options('remind', REMIND, form.values.remindEvery),
      lock: options('lock', LOCK, form.values.lockMinutes),
      countsFrom: stored.countsFrom === null ? null : i18n.date(stored.countsFrom),
    };
    return formPage('toolkit/settings', view, faulty, {
      titleKey: 'toolkit.settings.title',
    });
  }
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text);
}
