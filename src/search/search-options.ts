import { DAY, later } from '../kernel/clock.js';

export const PLACES = ['threads', 'strategies', 'communities'] as const;
export type Place = (typeof PLACES)[number];
export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const NEEDS = ['listen', 'experiences', 'advice'] as const;
const SINCE_DAYS = { week: 7, month: 31, year: 366 } as const;
export const SINCE = ['week', 'month', 'year'] as const;

/** Characters that are looked for; more says no more. */
const LONGEST_WORDS = 200;
export const RESULTS_A_PAGE = 10;
/** What lies further down fits less than other words would. */
const LAST_PAGE = 15;

/** What the address of a search asks for. */
export interface SearchOptions {
  q: string;
  /** More was written than is looked for. */
  cut: boolean;
  place: Place;
  /** A slug, or nothing for everywhere. */
  community: string;
  topic: string;
  kind: (typeof KINDS)[number] | '';
  need: (typeof NEEDS)[number] | '';
  since: (typeof SINCE)[number] | '';
  page: number;
  /** Any of the words is enough. */
  loose: boolean;
}

/** Reads an address; what it does not know counts as not asked. */
export function readSearchOptions(query: Record<string, unknown>): SearchOptions {
  const text = (name: string): string =>
    typeof query[name] === 'string'
      ? query[name].replaceAll('\u0000', '').toWellFormed().trim()
      : '';
  const from = <T extends string>(name: string, known: readonly T[]): T | '' =>
    known.find((value) => value === text(name)) ?? '';
  const whole = text('q').replace(/\s+/g, ' ');
  const place = from('in', PLACES);
  const community = text('community');
  return {
    q: whole.slice(0, LONGEST_WORDS).toWellFormed(),
    cut: whole.length > LONGEST_WORDS,
    place: place === '' ? 'threads' : place,
    community: /^[a-z0-9][a-z0-9-]{1,48}$/.test(community) ? community : '',
    topic: text('tag').slice(0, 60),
    kind: from('kind', KINDS),
    need: from('need', NEEDS),
    since: from('since', SINCE),
    page: /^[1-9]\d?$/.test(text('page')) ? Math.min(Number(text('page')), LAST_PAGE) : 1,
    loose: text('loose') === '1',
  };
}

export type SearchFields = Record<string, string>;

/**
 * The fields of a search's address, as far as they say something; the page and the looseness are
 * not among them.
 */
export function fieldsOf(wishes: SearchOptions): SearchFields {
  const all: SearchFields = {
    q: wishes.q,
    in: wishes.place === 'threads' ? '' : wishes.place,
    community: wishes.community,
    tag: wishes.topic,
    kind: wishes.kind,
    need: wishes.need,
    since: wishes.since,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

export function addressOf(fields: SearchFields): string {
  const text = new URLSearchParams(fields).toString();
  return text === '' ? '/search' : `/search?${text}`;
}

export function isLastPage(page: number): boolean {
  return page >= LAST_PAGE;
}

function quoted(label: string): string {
  return `'${label.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The labels that every post found must bear, as a tsquery; nothing where none is asked for. */
export function labelsOf({ topic, kind, need }: SearchOptions): string {
  return [
    topic === '' ? '' : `#t${topic}`,
    kind === '' ? '' : `#k${kind}`,
    need === '' ? '' : `#n${need}`,
  ]
    .filter((label) => label !== '')
    .map(quoted)
    .join(' & ');
}

export function sinceOf({ since }: SearchOptions, now: Date): Date | null {
  return since === '' ? null : later(now, -SINCE_DAYS[since] * DAY);
}
