import { Injectable } from '@nestjs/common';
import { Sql } from '../../kernel/sql.js';
import { exposureOf, type Exposure } from './exposure.js';
import { actionsInShift } from './exposure.queries.js';

/** How many hard cases moderators have read in their present shift, and for how long. */
@Injectable()
export class Exposures {
  constructor(private readonly sql: Sql) {}

  async of(memberId: string, now: Date): Promise<Exposure> {
    return exposureOf(await this.sql.rows(actionsInShift, { memberIds: [memberId], now }), now);
  }

  /** As `of`, for many people in one query. @returns in the order of the ids */
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
