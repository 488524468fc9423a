import { truncateGraphemes } from '../content/truncate.js';
import { DAY, later } from '../kernel/clock.js';

export const PLACES = ['threads', 'strategies', 'communities'] as const;
export type Place = (typeof PLACES)[number];
export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const NEEDS = ['listen', 'experiences', 'advice'] as const;
const SINCE_DAYS = { week: 7, month: 31, year: 366 } as const;
export const SINCE = ['week', 'month', 'year'] as const;

/** Maximum number of characters of a query; the rest is cut off. */
const MAX_QUERY_LENGTH = 200;
export const RESULTS_PER_PAGE = 10;
/** Number of the last page of results; beyond it, another query would be more useful. */
const LAST_PAGE = 15;

/** The options of a search, as in its URL. */
export interface SearchOptions {
  q: string;
  /** Whether the query was cut off. */
  cut: boolean;
  place: Place;
  /** Slug of a community; empty for all. */
  community: string;
  topic: string;
  kind: (typeof KINDS)[number] | '';
  need: (typeof NEEDS)[number] | '';
  since: (typeof SINCE)[number] | '';
  page: number;
  /** Matches any of the words instead of all. */
  loose: boolean;
}

/** Parses the options from a URL; unknown values are ignored. */
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
    q: truncateGraphemes(whole, MAX_QUERY_LENGTH),
    cut: whole.length > MAX_QUERY_LENGTH,
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

/** The fields of a search's URL that differ from the defaults, without `page` and `loose`. */
export function fieldsOf(options: SearchOptions): SearchFields {
  const all: SearchFields = {
    q: options.q,
    in: options.place === 'threads' ? '' : options.place,
    community: options.community,
    tag: options.topic,
    kind: options.kind,
    need: options.need,
    since: options.since,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** The URL of a search with these fields. */
export function searchPath(fields: SearchFields): string {
  const text = new URLSearchParams(fields).toString();
  return text === '' ? '/search' : `/search?${text}`;
}

export function isLastPage(page: number): boolean {
  return page >= LAST_PAGE;
}

function quoted(label: string): string {
  return `'${label.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The labels that every match must have, as a tsquery; empty if there are none. */
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

/** The earliest activity of a match; null for any. */
export function sinceDate({ since }: SearchOptions, now: Date): Date | null {
  return since === '' ? null : later(now, -SINCE_DAYS[since] * DAY);
}
