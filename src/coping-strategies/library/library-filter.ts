import { ENERGIES, TAG_LISTS, type TagList } from '../core/vocabulary.js';

/** A filter of the library; every part is optional. */
export interface LibraryFilter {
  q: string;
  tags: Partial<Record<TagList, string>>;
  minutes: number | null;
  energy: string | null;
}

/** The query parameters of each list; older links use `category` for a kind. */
const FIELDS: Record<TagList, readonly string[]> = {
  needs: ['need'],
  kinds: ['kind', 'category'],
  places: ['place'],
  times: ['time'],
  challenges: ['challenge'],
};

const LISTS = Object.keys(TAG_LISTS) as TagList[];

/** The query parameter of a list. */
export function fieldOf(list: TagList): string {
  return FIELDS[list][0] ?? list;
}

/** Parses a query string; unknown values are ignored. */
export function readFilter(query: Record<string, unknown>): LibraryFilter {
  const text = (name: string): string =>
    typeof query[name] === 'string' ? query[name].replaceAll('\u0000', '').trim() : '';
  const tags: LibraryFilter['tags'] = {};
  for (const list of LISTS) {
    const known: readonly string[] = TAG_LISTS[list];
    const tag = FIELDS[list].map(text).find((value) => known.includes(value));
    if (tag !== undefined) tags[list] = tag;
  }
  const minutes = /^[1-9]\d{0,2}$/.test(text('minutes')) ? Number(text('minutes')) : null;
  return {
    q: text('q').slice(0, 80),
    tags,
    minutes,
    energy: ENERGIES.find((known) => known === text('energy')) ?? null,
  };
}

export function isEmpty(filter: LibraryFilter): boolean {
  return (
    filter.q === '' &&
    filter.minutes === null &&
    filter.energy === null &&
    LISTS.every((list) => filter.tags[list] === undefined)
  );
}

/** The URL of a filter. @param more further query parameters */
export function libraryPath(
  path: string,
  filter: LibraryFilter,
  more: Record<string, string> = {},
): string {
  const fields = new URLSearchParams();
  if (filter.q !== '') fields.set('q', filter.q);
  for (const list of LISTS) {
    const tag = filter.tags[list];
    if (tag !== undefined) fields.set(fieldOf(list), tag);
  }
  if (filter.minutes !== null) fields.set('minutes', String(filter.minutes));
  if (filter.energy !== null) fields.set('energy', filter.energy);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  const text = fields.toString();
  return text === '' ? path : `${path}?${text}`;
}

const MAX_QUERY_LENGTH = 240;

/** The filter as parameters of the library's statements. */
export function filterParams(filter: LibraryFilter): {
  tags: string[];
  minutes: number;
  energies: readonly string[];
} {
  return {
    tags: LISTS.flatMap((list) => filter.tags[list] ?? []),
    minutes: filter.minutes ?? MAX_QUERY_LENGTH,
    // An energy filter includes strategies that take less.
    energies:
      filter.energy === null
        ? ENERGIES
        : ENERGIES.slice(0, ENERGIES.indexOf(filter.energy as (typeof ENERGIES)[number]) + 1),
  };
}

/** Keyset cursor: the last row of the previous page. */
export interface Cursor {
  minutes: number;
  id: string;
}

/** Anything that is not a valid cursor means the first page. */
export function readCursor(text: unknown): Cursor {
  const match = typeof text === 'string' ? /^(\d{1,3})-([1-9]\d{0,17})$/.exec(text) : null;
  return match === null
    ? { minutes: 0, id: '0' }
    : { minutes: Number(match[1]), id: match[2] ?? '0' };
}
