import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emergencyNumbers, type EmergencyNumber } from './emergency-numbers.js';

/** One row of `helplines.json`; `certain` says that somebody saw the number in a source. */
interface Row {
  country: string;
  name: string;
  phone: string | null;
  sms: string | null;
  chat_url: string | null;
  hours: string | null;
  languages: string[];
  audience: string;
  certain: boolean;
}

export interface Helpline {
  country: string;
  name: string;
  /** As people read it. */
  phone: string | null;
  /** As a phone dials it. */
  tel: string | null;
  sms: string | null;
  smsTo: string | null;
  smsHref: string | null;
  chatUrl: string | null;
  chatHost: string | null;
  hours: string | null;
  /** Codes, and words where a code says too little. */
  languages: readonly string[];
  audience: string;
}

/** When a person last went through the file. */
export const HELPLINES_CHECKED = '2026-11-01';

const FILE = fileURLToPath(new URL('./helplines.json', import.meta.url));

/**
 * The first number in a text such as "112 or 999" or "0800 1110111 / 116 123", as `tel:` takes it.
 */
export function dialled(text: string): string | null {
  const first = /\+?\(?\d[\d\s().-]*/.exec(text)?.[0] ?? '';
  const digits = first.replace(/[^\d+]/g, '');
  return digits.length >= 2 ? digits : null;
}

/** "741741 (text HOME or MHA)": the number, and the word to send where the text names one. */
export function texted(text: string): { to: string; word: string | null } | null {
  const to = dialled(text);
  if (to === null) return null;
  return {
    to,
    word: /text ([A-Z]{3,})/.exec(text)?.[1] ?? /\(([A-Z]{3,})\)/.exec(text)?.[1] ?? null,
  };
}

// Hours that nobody has checked are not shown: a wrong hour is worse than none.
function confirmedHours(hours: string | null): string | null {
  return hours === null || /general knowledge|verify|check/i.test(hours) ? null : hours;
}

function helpline(row: Row): Helpline {
  const sms = row.sms === null ? null : texted(row.sms);
  const smsTo = sms?.to ?? null;
  return {
    country: row.country,
    name: row.name,
    phone: row.phone,
    tel: row.phone === null ? null : dialled(row.phone),
    sms: row.sms,
    smsTo,
    smsHref: smsTo === null ? null : `sms:${smsTo}${sms?.word == null ? '' : `?&body=${sms.word}`}`,
    chatUrl: row.chat_url !== null && URL.canParse(row.chat_url) ? row.chat_url : null,
    chatHost:
      row.chat_url !== null && URL.canParse(row.chat_url)
        ? new URL(row.chat_url).hostname.replace(/^www\./, '')
        : null,
    hours: confirmedHours(row.hours),
    languages: row.languages,
    audience: row.audience,
  };
}

// Whoever answers day and night, then the rest; lines for one need after lines for anyone.
function rank(line: Helpline): number {
  const always = line.hours?.startsWith('24/7') === true;
  const anyone = /anyone|distress|everyone|adults/i.test(line.audience);
  return (always ? 0 : 4) + (anyone ? 0 : 2);
}

const everyRow = JSON.parse(readFileSync(FILE, 'utf8')) as Row[];
const all: Helpline[] = everyRow
  .filter((row) => row.certain && (row.phone !== null || row.sms !== null || row.chat_url !== null))
  .map(helpline);

/** The confirmed lines of a country, in the order to show them; none where we have none. */
export function helplinesOf(country: string): Helpline[] {
  return all.filter((line) => line.country === country).sort((a, b) => rank(a) - rank(b));
}

/** What a card shows: the emergency number, somebody to call, somebody to write to. */
export interface FirstLines {
  /** Null where we are not sure of the country's number: another country's is never shown. */
  emergency: EmergencyNumber | null;
  /** One by phone and one by text or chat; one row where the same people answer both. */
  lines: Helpline[];
}

export function firstLines(country: string): FirstLines {
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

/** Words of the file that tell a reader nothing. */
const VAGUE = /^(many|local|others?)$/;

/**
 * Lines as a page shows them: languages by name, and none where the line answers in the page's own
 * alone.
 */
export type ShownLine = Omit<Helpline, 'languages'> & { languages: string };

export function shownLines(lines: readonly Helpline[], locale: string): ShownLine[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return lines.map((line) => {
    const told = line.languages.filter((each) => !VAGUE.test(each));
    const own = told.every((each) => each === locale);
    const named = told.map((each) => (/^[a-z]{2,3}$/.test(each) ? (names.of(each) ?? each) : each));
    return { ...line, languages: own ? '' : named.join(', ') };
  });
}

/** Directories that name a line in most countries. */
export function internationalLines(): Helpline[] {
  return all.filter((line) => line.country === 'ZZ');
}

/** What the lines are called, those that nobody has confirmed yet too: no member bears the name. */
export function helplineNames(): string[] {
  return everyRow.map((row) => row.name);
}
