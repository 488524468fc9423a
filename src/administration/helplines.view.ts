import { checkExpires, isDueSoon } from '../helplines/helpline-check.js';
import { HELPLINE_TOPICS, type HelplineRow } from '../helplines/helpline-rows.js';
import type { FormView } from '../http/form-page.js';
import { listOf, textOf } from '../http/form-values.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Values } from '../http/form.js';
import type { Translator } from '../i18n/translator.js';
import { countryName, countryOptions, type CountryOption } from '../kernel/countries.js';

interface HelplineItem {
  href: string;
  name: string;
  ways: string;
  /** When it was last checked and when that expires, or that it never was. */
  checked: string;
  source: string;
  due: boolean;
  hidden: boolean;
}

export interface HelplineListView {
  due: string | null;
  countries: { name: string; lines: HelplineItem[] }[];
}

/**
 * Lines grouped by country in the order of the countries' names, international directories first.
 */
export function helplineListView(
  rows: readonly HelplineRow[],
  i18n: Translator,
  now: Date,
): HelplineListView {
  const due = rows.filter((row) => isDueSoon(row, now)).length;
  const byCountry = Map.groupBy(rows, (row) => row.country);
  const order = new Intl.Collator(i18n.locale);
  const countries = [...byCountry]
    .map(([code, lines]) => ({
      code,
      name: helplineCountry(i18n, code),
      lines: lines.map((row) => itemOf(row, i18n, now)),
    }))
    .sort(
      (a, b) => Number(b.code === 'ZZ') - Number(a.code === 'ZZ') || order.compare(a.name, b.name),
    );
  return {
    due: due === 0 ? null : i18n.t('administration.helplines.due', { count: due }),
    countries,
  };
}

function itemOf(row: HelplineRow, i18n: Translator, now: Date): HelplineItem {
  const expires = checkExpires(row);
  return {
    href: `/admin/helplines/${row.key}`,
    name: row.name,
    ways: [row.phone, row.sms, row.chatUrl].filter((way) => way !== null).join(' · '),
    checked:
      row.checkedOn === null || expires === null
        ? i18n.t('administration.helplines.neverChecked')
        : i18n.t('administration.helplines.checkedOn', {
            day: i18n.calendarDay(row.checkedOn),
            until: i18n.calendarDay(expires),
          }),
    source: row.source,
    due: isDueSoon(row, now),
    hidden: !row.shown,
  };
}

function helplineCountry(i18n: Translator, code: string): string {
  return code === 'ZZ'
    ? i18n.t('administration.helplines.everywhere')
    : countryName(i18n.locale, code);
}

export interface HelplineEditView {
  action: string;
  title: string;
  form: FormView;
  countries: CountryOption[];
  topics: TickOption[];
  shown: boolean;
  checked: boolean;
  /** Values that a colleague saved in the meantime and that differ from the submitted ones. */
  saved: SavedField[];
}

interface SavedField {
  label: string;
  value: string;
}

/**
 * @param row null for a new line
 * @param saved the differences after a conflict
 */
export function helplineEditView(
  row: HelplineRow | null,
  form: FormView,
  i18n: Translator,
  saved: SavedField[] = [],
): HelplineEditView {
  const chosen = form.values.topics;
  const everywhere = {
    value: 'ZZ',
    label: i18n.t('administration.helplines.everywhere'),
    selected: form.values.country === 'ZZ',
  };
  return {
    action: row === null ? '/admin/helplines' : `/admin/helplines/${row.key}`,
    title: row?.name ?? i18n.t('administration.helplines.new'),
    form,
    countries: [everywhere, ...countryOptions(i18n.locale, String(form.values.country ?? ''))],
    topics: tickOptions(HELPLINE_TOPICS, chosen, (topic) => i18n.t(`content.help.topic.${topic}`)),
    shown: form.values.shown === 'on',
    checked: form.values.checked === 'on',
    saved,
  };
}

const TEXT_FIELDS = [
  ['name', 'name'],
  ['phone', 'phone'],
  ['sms', 'sms'],
  ['chatUrl', 'chat'],
  ['hours', 'hours'],
  ['languages', 'languages'],
  ['audience', 'audience'],
  ['source', 'source'],
] as const;

/**
 * The fields whose stored value differs from the submitted one, in form order. After a conflict the
 * form shows the submitted values, so this lists what saving would overwrite.
 */
export function savedMeanwhile(row: HelplineRow, typed: Values, i18n: Translator): SavedField[] {
  const saved = helplineValues(row, 0);
  const texts = TEXT_FIELDS.flatMap(([field, label]) => {
    const value = textOf(saved[field]);
    if (value === textOf(typed[field]).trim()) return [];
    return [
      {
        label: i18n.t(`administration.helplines.field.${label}`),
        value: value === '' ? i18n.t('administration.helplines.empty') : value,
      },
    ];
  });
  const country =
    row.country === typed.country
      ? []
      : [{ label: i18n.t('content.help.countryLabel'), value: helplineCountry(i18n, row.country) }];
  return [...country, ...texts, ...savedTicks(row, typed, i18n)];
}

function savedTicks(row: HelplineRow, typed: Values, i18n: Translator): SavedField[] {
  const ticked = new Set(listOf(typed.topics));
  const topics = row.topics.map((topic) => i18n.t(`content.help.topic.${topic}`));
  const fields: SavedField[] = [];
  if (ticked.size !== row.topics.length || !row.topics.every((topic) => ticked.has(topic)))
    fields.push({
      label: i18n.t('administration.helplines.field.topics'),
      value: topics.join(', ') || i18n.t('administration.helplines.empty'),
    });
  if (row.shown !== (typed.shown === 'on'))
    fields.push({
      label: i18n.t('administration.helplines.field.shown'),
      value: i18n.t(`administration.helplines.${row.shown ? 'visible' : 'hidden'}`),
    });
  return fields;
}

/** The initial values of the form. */
export function helplineValues(row: HelplineRow, version: number): Values {
  return {
    country: row.country,
    name: row.name,
    phone: row.phone ?? '',
    sms: row.sms ?? '',
    chatUrl: row.chatUrl ?? '',
    hours: row.hours ?? '',
    languages: row.languages.join(', '),
    topics: [...row.topics],
    audience: row.audience,
    source: row.source,
    shown: row.shown ? 'on' : '',
    version: String(version),
  };
}
