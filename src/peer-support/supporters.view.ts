import type { AccessibleCommunity } from '../communities/community-access.js';
import type { FormView } from '../http/form-page.js';
import type { Values } from '../http/form.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { TRAINING } from './supporters.dto.js';
import type { SupporterRow, SupporterSettingsRow } from './supporters.queries.js';

export interface SupportersView {
  slug: string;
  name: string;
  asked: {
    handle: string;
    why: string;
    when: string;
    capacity: string;
    done: string;
    /** Every training step is complete. */
    ready: boolean;
  }[];
  active: { handle: string; capacity: string; off: string | null }[];
}

export function supportersView(
  { slug, name }: AccessibleCommunity,
  rows: readonly SupporterRow[],
  i18n: Translator,
): SupportersView {
  const capacity = (row: SupporterRow): string =>
    i18n.t('belonging.supporting.takes', { count: row.capacity });
  return {
    slug,
    name,
    asked: rows
      .filter(({ state }) => state === 'asked')
      .map((row) => ({
        handle: row.handle,
        why: row.why,
        when: i18n.when(row.askedAt),
        capacity: capacity(row),
        done: i18n.t('belonging.supporting.done', {
          count: row.steps.length,
          all: TRAINING.length,
        }),
        ready: TRAINING.every((step) => row.steps.includes(step)),
      })),
    active: rows
      .filter(({ state }) => state !== 'asked')
      .map((row) => ({
        handle: row.handle,
        capacity: capacity(row),
        off: row.offDutyUntil === null ? null : offDutyText(row.offDutyUntil, i18n),
      })),
  };
}

/** The viewer's settings as form values. @param settings null before an offer */
export function valuesOfSettings(settings: SupporterSettingsRow | null): Values {
  return {
    why: settings?.why ?? '',
    capacity: String(settings?.capacity ?? 3),
    steps: settings?.steps ?? [],
    offDutyUntil: settings?.offDutyUntil?.toISOString().slice(0, 10) ?? '',
  };
}

export interface SupportingView {
  slug: string;
  name: string;
  form: FormView;
  supports: boolean;
  asked: boolean;
  mayApply: boolean;
  off: string | null;
  steps: TickOption[];
}

/** @param settings null before an offer */
export function supportingView(
  community: AccessibleCommunity,
  settings: SupporterSettingsRow | null,
  form: FormView,
  i18n: Translator,
): SupportingView {
  const supports = community.role === 'supporter';
  const until = settings?.offDutyUntil ?? null;
  return {
    slug: community.slug,
    name: community.name,
    form,
    supports,
    asked: settings?.state === 'asked',
    mayApply: community.role === 'member',
    off: supports && until !== null ? offDutyText(until, i18n) : null,
    steps: tickOptions(
      TRAINING,
      form.values.steps,
      (value) => i18n.t(`belonging.step.${value}.title`),
      (value) => i18n.t(`belonging.step.${value}.text`),
    ),
  };
}

export function offDutyText(until: Date, i18n: Translator): string {
  return i18n.t('belonging.supporting.off', { date: i18n.calendarDay(until) });
}
