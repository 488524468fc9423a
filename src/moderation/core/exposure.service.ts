import { Injectable } from '@nestjs/common';
import { Sql } from '../../kernel/sql.js';
import { exposureOf, type Exposure } from './exposure.js';
import { actionsInShift } from './exposure.queries.js';

/** Counts the hard cases that moderators have read in their current shift, and for how long. */
@Injectable()
export class Exposures {
  constructor(private readonly sql: Sql) {}

  async of(memberId: string, now: Date): Promise<Exposure> {
    return exposureOf(await this.sql.rows(actionsInShift, { memberIds: [memberId], now }), now);
  }

  /** Same as `of`, for many people in one query. @returns in the order of the ids */
  async ofEach(memberIds: readonly string[], now: Date): Promise<Exposure[]> {
    const actions = await this.sql.rows(actionsInShift, { memberIds, now });
    return memberIds.map((id) =>
      exposureOf(
        actions.filter(({ memberId }) => memberId === id),
        now,
      ),
    );
  }
}
