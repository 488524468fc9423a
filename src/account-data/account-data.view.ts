import { settingsTabs, type SettingsTab } from '../accounts/settings.view.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { FormView } from '../http/form-page.js';
import type { Translator } from '../i18n/translator.js';
import { COOLING_OFF, type ClosureRequest } from './account-closure.service.js';
import type { Row } from './account-data.queries.js';
import { parts, type Part } from './exported-parts.js';
import type { OwnFile } from './data-export.service.js';

interface OwnDataView {
  tabs: SettingsTab[];
  form: FormView;
  choices: TickOption[];
  /** Length of the cooling-off period. */
  days: number;
  closing: ReceiptView | null;
}

export function ownDataView(
  i18n: Translator,
  request: ClosureRequest | null,
  form: FormView,
): OwnDataView {
  const choices = tickOptions(
    ['erase', 'leave'],
    form.values.words,
    (value) => i18n.t(`accounts.data.words-${value}`),
    (value) => i18n.t(`accounts.data.words-${value}-hint`),
  );
  return {
    tabs: settingsTabs(i18n, 'data'),
    form,
    choices,
    days: COOLING_OFF,
    closing: request === null ? null : receiptView(i18n, request),
  };
}

interface ReceiptView {
  asked: string;
  closes: string;
  /** What happens to the posts, in words. */
  becomes: string;
}

export function receiptView(i18n: Translator, request: ClosureRequest): ReceiptView {
  return {
    asked: i18n.when(request.askedAt),
    closes: i18n.date(request.closesAt),
    becomes: i18n.t(`accounts.data.receipt-${request.words}`),
  };
}

/** Posts are formatted separately in the HTML file. */
const SHOWN = (Object.keys(parts) as Part[]).filter((part) => part !== 'posts');

interface FileView {
  made: string;
  posts: (Row & { when: string; first: boolean })[];
  parts: { title: string; rows: { facts: Fact[] }[] }[];
}

interface Fact {
  name: string;
  value: string;
}

/**
 * The HTML file: posts as displayed, everything else as lists of names and values. Times are exact,
 * as the file is read long after it was made.
 */
export function fileView(i18n: Translator, file: OwnFile): FileView {
  return {
    made: i18n.t('accounts.data.made', { date: i18n.date(new Date(file.made)) }),
    posts: file.posts.map((post) => ({
      ...post,
      thread: post.thread === '' ? i18n.t('threads.away') : post.thread,
      when: i18n.exactly(post.writtenAt as Date),
      first: post.number === 1,
    })),
    parts: SHOWN.filter((part) => file[part].length > 0).map((part) => ({
      title: i18n.t(`accounts.data.part.${part}`),
      rows: file[part].map((row) => ({ facts: facts(i18n, row) })),
    })),
  };
}

function facts(i18n: Translator, row: Row): Fact[] {
  return Object.entries(row).flatMap(([name, value]) =>
    value === null || value === ''
      ? []
      : [{ name: i18n.t(`accounts.data.fact.${name}`), value: valueText(i18n, value) }],
  );
}

function valueText(i18n: Translator, value: unknown): string {
  if (value instanceof Date) return i18n.exactly(value);
  if (typeof value === 'boolean') return i18n.t(`accounts.data.${value ? 'true' : 'false'}`);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.join('; ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
