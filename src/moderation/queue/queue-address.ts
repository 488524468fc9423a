import type { QueueRow } from './queue.queries.js';

/** The filter of the queue; null means no restriction. */
export interface QueueFilter {
  tier: string | null;
  /** The source of a reason. */
  reason: string | null;
  /** A community's slug. */
  community: string | null;
  state: 'open' | 'closed';
  /** Only cases claimed by the viewer. */
  mine: boolean;
  /** Only overdue cases. */
  due: boolean;
}

/** A keyset pagination cursor: the snapshot time and the last row of the previous page. */
export interface Cursor {
  /** Milliseconds since the epoch. */
  asOf: number;
  band: number;
  rank: string;
  id: string;
}

const FIRST_OPEN = { band: -1, rank: '-9223372036854775808', id: '0' };
const FIRST_CLOSED = { band: 0, rank: '9000000000000000', id: '9223372036854775807' };

/**
 * @param now milliseconds since the epoch @returns the first page if the text is not a valid cursor
 */
export function readCursor(
  text: string | undefined,
  state: 'open' | 'closed',
  now: number,
): Cursor {
  const match = /^(\d{1,15})\.(\d)\.(-?\d{1,18})\.(\d{1,18})$/.exec(text ?? '');
  if (match === null) return { asOf: now, ...(state === 'open' ? FIRST_OPEN : FIRST_CLOSED) };
  const [, asOf = '', band = '', rank = '', id = ''] = match;
  return { asOf: Math.min(Number(asOf), now), band: Number(band), rank, id };
}

/** @param row the last one on the page @param asOf milliseconds since the epoch */
export function cursorOf(row: Pick<QueueRow, 'band' | 'rank' | 'id'>, asOf: number): string {
  return `${asOf}.${row.band}.${row.rank}.${row.id}`;
}

export function isFiltered(filter: QueueFilter): boolean {
  return Object.keys(queryOf(filter)).length > 0;
}

/** The URL of the queue with a filter. @param after a cursor; empty for the first page */
export function queueAddress(filter: QueueFilter, after: string): string {
  const more: Record<string, string> = after === '' ? {} : { after };
  const query = new URLSearchParams({ ...queryOf(filter), ...more }).toString();
  return query === '' ? '/mod' : `/mod?${query}`;
}

function queryOf(filter: QueueFilter): Record<string, string> {
  const { tier, reason, community } = filter;
  const set = {
    tier,
    reason,
    community,
    state: filter.state === 'closed' ? 'closed' : null,
    mine: filter.mine ? 'on' : null,
    due: filter.due ? 'on' : null,
  };
  return Object.fromEntries(
    Object.entries(set).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
