import type { FormView } from '../http/form-page.js';
import type { Values } from '../http/form.js';
import type { Settings } from '../http/site-settings.js';
import type { Translator } from '../i18n/translator.js';
import type { MemorialRow } from './administration.queries.js';

/** The settings as form values. */
export function valuesOfSettings(settings: Settings): Values {
  return {
    announcement: settings.announcement,
    signUpsOpen: settings.signUpsOpen ? 'on' : '',
    groupRequestsOpen: settings.groupRequestsOpen ? 'on' : '',
  };
}

export interface SettingsView {
  form: FormView;
  signUpsOpen: boolean;
  groupRequestsOpen: boolean;
}

export function settingsView(form: FormView): SettingsView {
  return {
    form,
    signUpsOpen: form.values.signUpsOpen === 'on',
    groupRequestsOpen: form.values.groupRequestsOpen === 'on',
  };
}

export interface MemorialsView {
  form: FormView;
  memorials: { handle: string; since: string }[];
}

export function memorialsView(
  rows: readonly MemorialRow[],
  form: FormView,
  i18n: Translator,
): MemorialsView {
  return {
    form,
    memorials: rows.map(({ handle, since }) => ({ handle, since: i18n.date(since) })),
  };
}
