import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import {
  answers,
  hasStrategies,
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
import type { Digest } from './digest-windows.js';

/** Pages also include what was read since or is no longer emailed. */
export type DigestMedium = 'page' | 'mail';

/** The counts of a digest. */
export interface DigestCounts extends Omit<NoticeCounts, 'id'>, Omit<ThreadCounts, 'id'> {
  /** Whether there is a coping strategy to suggest. */
  idea: boolean;
}

/** The listed items of a digest. */
export interface DigestItems {
  answers: AnswerRow[];
  threads: ThreadItem[];
  idea: { slug: string; name: string; summary: string; minutes: number } | null;
}

const NONE: Omit<DigestCounts, 'idea'> = {
  answers: 0,
  mentions: 0,
  followed: 0,
  team: 0,
  own: 0,
  threads: 0,
  waiting: 0,
};
/** Maximum number of items listed in a group; further ones are only counted. */
export const ITEMS_PER_GROUP = 5;

/** Whether to send an email: unanswered threads and strategies alone do not count as news. */
export function hasNews(counts: DigestCounts): boolean {
  return (
    counts.answers + counts.mentions + counts.followed + counts.team + counts.own + counts.threads >
    0
  );
}

/**
 * Loads the content of digests, with a few statements per batch and none per member. Mutes, blocks,
 * content notes, access and urgency are evaluated when a digest is sent or read.
 */
@Injectable()
export class DigestContent {
  constructor(private readonly sql: Sql) {}

  /** @returns the counts of each digest, by id */
  async counts(batch: readonly Digest[], medium: DigestMedium): Promise<Map<string, DigestCounts>> {
    const params = windows(batch, medium);
    const [any] = await this.sql.rows(hasStrategies);
    const countsById = new Map<string, DigestCounts>(
      batch.map(({ id }) => [id, { ...NONE, idea: any?.any === true }]),
    );
    for (const { id, ...counts } of await this.sql.rows(noticeCounts, params))
      Object.assign(countsById.get(id) ?? {}, counts);
    for (const { id, ...counts } of await this.sql.rows(threadCounts, params))
      Object.assign(countsById.get(id) ?? {}, counts);
    return countsById;
  }

  /**
   * The listed items of each digest, for pages and for members who chose content in their emails.
   * @param language of the coping strategy, such as `en`
   */
  async items(
    batch: readonly Digest[],
    medium: DigestMedium,
    language: string,
  ): Promise<Map<string, DigestItems>> {
    const itemsById = new Map<string, DigestItems>(
      batch.map(({ id }) => [id, { answers: [], threads: [], idea: null }]),
    );
    if (batch.length === 0) return itemsById;
    const params = { ...windows(batch, medium), most: ITEMS_PER_GROUP };
    for (const row of await this.sql.rows(answers, params))
      itemsById.get(row.id)?.answers.push(row);
    for (const row of await this.sql.rows(threadItems, params))
      itemsById.get(row.id)?.threads.push(row);
    for (const { id, memberId } of batch) {
      const items = itemsById.get(id);
      if (items !== undefined)
        items.idea = await this.sql.first(oneStrategy, { memberId, digest: id, language });
    }
    return itemsById;
  }
}

function windows(batch: readonly Digest[], medium: DigestMedium): WindowBatch {
  return {
    ids: batch.map((each) => each.id),
    memberIds: batch.map((each) => each.memberId),
    dailySince: batch.map((each) => each.dailySince),
    weeklySince: batch.map((each) => each.weeklySince),
    until: batch.map((each) => each.until),
    onPage: medium === 'page',
  };
}
