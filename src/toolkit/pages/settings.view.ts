import { formView, type FormView } from '../../http/form-page.js';
import type { InvalidForm } from '../../http/form.js';
import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import type { ToolkitSettings } from '../core/toolkit-settings.service.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';

/** Days between reminders, and minutes until the private area locks; empty for never. */
const REMINDER_DAYS = ['', '1', '3', '7', '14', '30'] as const;
const LOCK_MINUTES = ['', '5', '15', '30', '60'] as const;

interface SettingsView {
  tabs: Tab[];
  form: FormView;
  hideCounts: boolean;
  lookBack: boolean;
  remind: SelectOption[];
  lock: SelectOption[];
  countsFrom: string | null;
}

export function settingsView(
  stored: ToolkitSettings,
  i18n: Translator,
  faulty?: InvalidForm,
): SettingsView {
  const form = formView(i18n, faulty, {
    remindEvery: String(stored.remindEvery ?? ''),
    lockMinutes: String(stored.lockMinutes ?? ''),
    ...(stored.hideCounts ? { hideCounts: 'on' } : {}),
    ...(stored.lookBack ? { lookBack: 'on' } : {}),
  });
  const options = (
    name: 'remind' | 'lock',
    values: readonly string[],
    chosen: string | string[] | undefined,
  ): SelectOption[] =>
    selectOptions(values, chosen, (value) =>
      i18n.t(`toolkit.settings.${name}.${value === '' ? 'none' : value}`),
    );
  return {
    tabs: toolkitTabs(i18n, 'settings'),
    form,
    hideCounts: form.values.hideCounts !== undefined,
    lookBack: form.values.lookBack !== undefined,
    remind: options('remind', REMINDER_DAYS, form.values.remindEvery),
    lock: options('lock', LOCK_MINUTES, form.values.lockMinutes),
    countsFrom: stored.countsFrom === null ? null : i18n.date(stored.countsFrom),
  };
}
