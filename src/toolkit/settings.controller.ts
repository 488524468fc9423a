import { Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../kernel/messages.js';
import type { Words } from '../kernel/words.js';
import { PrivateArea } from './private-area.js';
import { PrivateLock } from './private-lock.service.js';
import { ToolkitSettingsService } from './toolkit-settings.service.js';
import { toolkitTabs } from './toolkit-tabs.js';
import { SettingsForm } from './toolkit.dto.js';

const REMIND = ['', '1', '3', '7', '14', '30'] as const;
const LOCK = ['', '5', '15', '30', '60'] as const;

/** Counters, reminders, the look back, the second lock. */
@Controller('toolkit/settings')
@UseInterceptors(PrivateArea)
export class ToolkitSettingsController {
  constructor(
    private readonly settings: ToolkitSettingsService,
    private readonly lock: PrivateLock,
    private readonly messages: Messages,
  ) {}

  @Get()
  show(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.page(viewer, words);
  }

  @Post()
  async save(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(SettingsForm) form: Submitted<SettingsForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, words, form);
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
      return this.page(viewer, words, {
        values: { ...form.values, password: '' },
        faults: [{ field: 'password', key: 'toolkit.error.lock-password' }],
      });
    }
    await this.settings.save(viewer, { hideCounts, lookBack, remindEvery, lockMinutes });
    if (lockMinutes !== null) await this.lock.keepOpen(viewer, lockMinutes);
    return seeOther('/toolkit/settings', 'toolkit.notice.kept');
  }

  @Post('reset')
  async reset(@Member() viewer: Viewer): Promise<SeeOther> {
    await this.settings.resetCounts(viewer);
    return seeOther('/toolkit/settings', 'toolkit.notice.reset');
  }

  private async page(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const stored = await this.settings.of(viewer);
    const form = formView(this.messages, words.locale, faulty, {
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
      chosen: unknown,
    ): object[] =>
      values.map((value) => ({
        value,
        label: words.t(`toolkit.settings.${name}.${value === '' ? 'none' : value}`),
        selected: value === chosen,
      }));
    const view = {
      tabs: toolkitTabs(words, 'settings'),
      form,
      hideCounts: ticked('hideCounts'),
      lookBack: ticked('lookBack'),
      remind: options('remind', REMIND, form.values.remindEvery),
      lock: options('lock', LOCK, form.values.lockMinutes),
      countsFrom: stored.countsFrom === null ? null : words.date(stored.countsFrom),
    };
    return page('toolkit/settings', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'toolkit.settings.title',
    });
  }
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text);
}
