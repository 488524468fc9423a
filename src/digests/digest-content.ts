import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import {
  answers,
  anyStrategy,
  noticeCounts,
  oneStrategy,
  threadCounts,
  threadItems,
  type AnswerRow,
  type NoticeCounts,
  type ThreadCounts,
  type ThreadItem,
  type WindowBatch,
} from './digest-content.queries.js';
import type { Window } from './digest-windows.js';

export interface Wanted extends Window {
  /** The digest's id; 0 for a preview. */
  readonly id: string;
  readonly memberId: string;
}

export interface Counts extends Omit<NoticeCounts, 'id'>, Omit<ThreadCounts, 'id'> {
  /** Whether there is an idea to try. */
  idea: boolean;
}

export interface Items {
  answers: AnswerRow[];
  threads: ThreadItem[];
  idea: { slug: string; name: string; summary: string; minutes: number } | null;
}

const NONE: Omit<Counts, 'idea'> = {
  answers: 0,
  followed: 0,
  team: 0,
  own: 0,
  threads: 0,
  waiting: 0,
};
/** So many things of each kind; the rest is a number. */
export const OF_EACH = 5;

/** Nothing new, no mail: what waits since long, or an idea, is not news. */
export function isNews(counts: Counts): boolean {
  return counts.answers + counts.followed + counts.team + counts.own + counts.threads > 0;
}

/**
 * What digests are about, as the world is now: a few statements for a whole batch, never some for
 * each member. Mutes, blocks, content notes, what may be read and how urgent it is are asked here,
 * at the moment of sending or of looking.
 */
@Injectable()
export class DigestContent {
  constructor(private readonly sql: Sql) {}

  /** @param looking on a page, where what was read since is shown too */
  async counts(
    batch: readonly Wanted[],
    looking: 'looking' | 'mailing',
  ): Promise<Map<string, Counts>> {
    const params = windows(batch, looking);
    const [any] = await this.sql.rows(anyStrategy);
    const found = new Map<string, Counts>(
      batch.map(({ id }) => [id, { ...NONE, idea: any?.any === true }]),
    );
    for (const { id, ...counts } of await this.sql.rows(noticeCounts, params))
      Object.assign(found.get(id) ?? {}, counts);
    for (const { id, ...counts } of await this.sql.rows(threadCounts, params))
      Object.assign(found.get(id) ?? {}, counts);
    return found;
  }

  /** The things themselves, for a page and for those who chose to have them in their mail. */
  async items(
    batch: readonly Wanted[],
    looking: 'looking' | 'mailing',
    language: string,
  ): Promise<Map<string, Items>> {
    const found = new Map<string, Items>(
      batch.map(({ id }) => [id, { answers: [], threads: [], idea: null }]),
    );
    if (batch.length === 0) return found;
    const params = { ...windows(batch, looking), most: OF_EACH };
    for (const row of await this.sql.rows(answers, params)) found.get(row.id)?.answers.push(row);
    for (const row of await this.sql.rows(threadItems, params))
      found.get(row.id)?.threads.push(row);
    for (const { id, memberId } of batch) {
      const items = found.get(id);
      if (items !== undefined)
        items.idea = await this.sql.first(oneStrategy, { memberId, digest: id, language });
    }
    return found;
  }
}

function windows(batch: readonly Wanted[], looking: 'looking' | 'mailing'): WindowBatch {
  return {
    ids: batch.map((each) => each.id),
    memberIds: batch.map((each) => each.memberId),
    dailySince: batch.map((each) => each.dailySince),
    weeklySince: batch.map((each) => each.weeklySince),
    until: batch.map((each) => each.until),
    onPage: looking === 'looking',
  };
}
