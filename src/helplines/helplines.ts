import { emergencyNumbers, type EmergencyNumber } from './emergency-numbers.js';
import {
  FILE_ROWS,
  HELPLINE_TOPICS,
  mergeRows,
  type HelplineRow,
  type HelplineTopic,
} from './helpline-rows.js';
import { displayNames } from '../kernel/intl.js';

export interface Helpline {
  country: string;
  name: string;
  /** For display. */
  phone: string | null;
  /** For dialling. */
  tel: string | null;
  sms: string | null;
  smsTo: string | null;
  smsHref: string | null;
  chatUrl: string | null;
  chatHost: string | null;
  hours: string | null;
  /** Language codes, or words if a code says too little. */
  languages: readonly string[];
  topics: readonly HelplineTopic[];
  audience: string;
  checkedOn: string | null;
}

/**
 * The first number in a text such as "112 or 999" or "0800 1110111 / 116 123", in the format of
 * `tel:`.
 */
export function parseTelNumber(text: string): string | null {
  const first = /\+?\(?\d[\d\s().-]*/.exec(text)?.[0] ?? '';
  const digits = first.replace(/[^\d+]/g, '');
  return digits.length >= 2 ? digits : null;
}

/** Parses "741741 (text HOME or MHA)" into the number and the keyword to send, if there is one. */
export function parseSmsTarget(text: string): { to: string; word: string | null } | null {
  const to = parseTelNumber(text);
  if (to === null) return null;
  return {
    to,
    word: /text ([A-Z]{3,})/.exec(text)?.[1] ?? /\(([A-Z]{3,})\)/.exec(text)?.[1] ?? null,
  };
}

// Unverified hours are not shown: wrong hours are worse than none.
function confirmedHours(hours: string | null): string | null {
  return hours === null || /general knowledge|verify|check/i.test(hours) ? null : hours;
}

function helpline(row: HelplineRow): Helpline {
  const sms = row.sms === null ? null : parseSmsTarget(row.sms);
  const smsTo = sms?.to ?? null;
  return {
    country: row.country,
    name: row.name,
    phone: row.phone,
    tel: row.phone === null ? null : parseTelNumber(row.phone),
    sms: row.sms,
    smsTo,
    smsHref: smsTo === null ? null : `sms:${smsTo}${sms?.word == null ? '' : `?&body=${sms.word}`}`,
    chatUrl: row.chatUrl !== null && URL.canParse(row.chatUrl) ? row.chatUrl : null,
    chatHost:
      row.chatUrl !== null && URL.canParse(row.chatUrl)
        ? new URL(row.chatUrl).hostname.replace(/^www\./, '')
        : null,
    hours: confirmedHours(row.hours),
    languages: row.languages,
    topics: row.topics,
    audience: row.audience,
    checkedOn: row.checkedOn,
  };
}

// Sorts lines open day and night first, and general lines before specialised ones.
function rank(line: Helpline): number {
  const always = line.hours?.startsWith('24/7') === true;
  const anyone = /anyone|distress|everyone|adults/i.test(line.audience);
  return (always ? 0 : 4) + (anyone ? 0 : 2);
}

interface Directory {
  readonly rows: readonly HelplineRow[];
  readonly lines: readonly Helpline[];
  /** Incremented with each change, to invalidate derived data. */
  readonly revision: number;
}

function directoryOf(rows: readonly HelplineRow[], revision: number): Directory {
  const lines = rows
    .filter((row) => row.shown)
    .filter((row) => row.phone !== null || row.sms !== null || row.chatUrl !== null)
    .map(helpline);
  return { rows, lines, revision };
}

// Kept in memory, because error pages need helplines even if the database is unavailable.
let directory = directoryOf(FILE_ROWS, 0);

/** Replaces the lines in this process by the edited ones. */
export function setHelplineOverrides(changed: readonly HelplineRow[]): void {
  const rows = mergeRows(changed);
  if (JSON.stringify(rows) === JSON.stringify(directory.rows)) return;
  directory = directoryOf(rows, directory.revision + 1);
}

/** @returns a number that changes whenever the lines do, for cache invalidation */
export function helplinesRevision(): number {
  return directory.revision;
}

/** The confirmed lines of a country in display order; empty if there are none. */
export function helplinesOf(country: string): Helpline[] {
  return directory.lines
    .filter((line) => line.country === country)
    .sort((a, b) => rank(a) - rank(b));
}

/** The topics of a country's lines in display order. */
export function topicsOf(country: string): HelplineTopic[] {
  const lines = helplinesOf(country);
  return HELPLINE_TOPICS.filter((topic) => lines.some((line) => coversTopic(line, topic)));
}

/** Every line that answers in writing also helps people who cannot hear or speak on the phone. */
export function coversTopic(line: Helpline, topic: HelplineTopic): boolean {
  if (topic === 'deaf' && (line.smsHref !== null || line.chatUrl !== null)) {
    return line.topics.length === 0 || line.topics.includes('deaf');
  }
  return line.topics.includes(topic);
}

/** The content of a card: the emergency number, a line to call, a line to write to. */
export interface EmergencyContacts {
  /** Null if the country's number is not verified; never that of another country. */
  emergency: EmergencyNumber | null;
  /** One line by phone and one by text or chat; a single one if the same people answer both. */
  lines: Helpline[];
}

export function emergencyContacts(country: string): EmergencyContacts {
  const forAnyone = helplinesOf(country).filter((line) =>
    /anyone|distress|everyone|adults|suicid/i.test(line.audience),
  );
  const call = forAnyone.find((line) => line.tel !== null);
  const write =
    forAnyone.find((line) => line.smsHref !== null) ??
    forAnyone.find((line) => line.chatUrl !== null);
  const lines = [...new Set([call, write])].filter((line) => line !== undefined);
  return {
    emergency: emergencyNumbers(country)[0] ?? null,
    lines: lines.length > 0 ? lines : internationalLines(),
  };
}

/** Entries of the file that do not name a language. */
const VAGUE = /^(many|local|others?)$/;

/** Messages in the language of the page that shows a line. */
export interface HelplineMessages {
  readonly locale: string;
  phrase(names: string, text: string): string;
}

/** A note about a line or its number, in the language of the page. */
export function helplineNote(text: string, words: HelplineMessages): string {
  return words.phrase('helplines.note', text);
}

/**
 * Lines for display: notes in the page's language, languages by name, and no languages if the line
 * only speaks that of the page.
 */
export type DisplayedHelpline = Omit<Helpline, 'languages'> & { languages: string };

export function displayedHelplines(
  lines: readonly Helpline[],
  words: HelplineMessages,
): DisplayedHelpline[] {
  const names = displayNames(words.locale, 'language');
  const inEnglish = displayNames('en', 'language');
  // Not every language has a name for every other: its English name then is a note like the others.
  const languageName = (code: string): string => {
    const name = names.of(code) ?? code;
    return name === code ? helplineNote(inEnglish.of(code) ?? code, words) : name;
  };
  const note = <Text extends string | null>(text: Text): Text | string =>
    text === null ? text : helplineNote(text, words);
  return lines.map((line) => {
    const languages = line.languages.filter((each) => !VAGUE.test(each));
    const own = languages.every((each) => each === words.locale);
    const named = languages.map((each) =>
      /^[a-z]{2,3}$/.test(each) ? languageName(each) : helplineNote(each, words),
    );
    return {
      ...line,
      phone: note(line.phone),
      sms: note(line.sms),
      hours: note(line.hours),
      audience: helplineNote(line.audience, words),
      languages: own ? '' : named.join(', '),
    };
  });
}

/** International directories, which list lines in most countries. */
export function internationalLines(): Helpline[] {
  return directory.lines.filter((line) => line.country === 'ZZ');
}

/**
 * The names of all lines, including unconfirmed ones and former names, so that no member can take
 * one as a handle.
 */
export function helplineNames(): string[] {
  return publicRows().map((row) => row.name);
}

/**
 * Every line, visible or not, both bundled and edited: a replaced number is still publicly known.
 */
export function publicRows(): HelplineRow[] {
  return [...FILE_ROWS, ...directory.rows];
}
