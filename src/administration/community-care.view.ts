import type { AccessibleCommunity } from '../communities/community-access.js';
import { hourLines } from '../communities/hours-form.js';
import { formView, type FormView } from '../http/form-page.js';
import { textOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { timeZoneOptions } from '../http/time-zone-options.js';
import type { Translator } from '../i18n/translator.js';
import type { EditableRow } from './administration.queries.js';

/** Starts on Monday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The forms of the page, each submitted separately. */
export type CareForm = 'welcome' | 'guidelines' | 'hours' | 'orientation';

export interface CareView {
  slug: string;
  name: string;
  version: number;
  orientationThread: string | null;
  /** The rejected form, for the error summary only. */
  form: FormView;
  welcome: FormView;
  guidelines: FormView;
  orientation: FormView;
  hours: FormView;
  days: { name: string; label: string; value: string | string[]; error: string }[];
  zones: ReturnType<typeof timeZoneOptions>;
}

/** @param sent the rejected form with its errors; undefined if there is none */
export function careView(
  community: AccessibleCommunity,
  row: EditableRow,
  { which, faulty }: { which: CareForm | undefined; faulty: InvalidForm | undefined },
  i18n: Translator,
): CareView {
  const form = (name: CareForm, stored: Record<string, string>): FormView =>
    formView(i18n, which === name ? faulty : undefined, stored);
  const lines = hourLines(community.hours.weekly);
  const hours = form('hours', {
    timeZone: community.hours.timeZone,
    outside: community.hours.outside,
    ...Object.fromEntries(DAYS.map((day, at) => [`day${day}`, lines[at] ?? ''])),
  });
  const zone = hours.values.timeZone;
  return {
    slug: community.slug,
    name: community.name,
    version: row.version,
    orientationThread: row.orientation,
    form: formView(i18n, faulty),
    welcome: form('welcome', { welcome: row.welcome }),
    guidelines: form('guidelines', { rules: (row.rules ?? []).join('\n') }),
    orientation: form('orientation', {
      title: i18n.t('administration.care.orientation-title'),
      body: i18n.t('administration.care.orientation-body'),
    }),
    hours,
    days: DAYS.map((day) => ({
      name: `day${day}`,
      label: i18n.t(`belonging.weekday.${day}`),
      value: hours.values[`day${day}`] ?? '',
      error: hours.error[`day${day}`] ?? '',
    })),
    zones: timeZoneOptions(i18n, textOf(zone)),
  };
}
