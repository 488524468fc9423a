import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import { Notifier } from './notifier.service.js';

const reviewed = statement<{ strategyId: string }, { memberId: string; status: string }>(
  'notifications.reviewed',
  `
    select member_id as "memberId", status
    from coping_strategies
    where id = :strategyId and member_id is not null
  `,
);
const writer = statement<{ postId: string; value2: boolean }, { memberId: string }>(
  'notifications.writer-asked',
  `
    select p.author_id as "memberId"
    from posts p
    where p.id = :postId and p.author_id is not null and p.status in ('published', 'held')
     and (:value2
       and exists (select 1
         from post_strategies ps
         where ps.post_id = p.id and ps.state = 'proposed')
       or not :value2
       and exists (select 1 from strategy_wishes w where w.post_id = p.id and w.state = 'asked'))`,
);

/** What a review came to; one that has moved on meanwhile tells of nothing. */
const KIND: Record<string, NoticeKindName> = {
  published: 'strategy-published',
  declined: 'strategy-declined',
  draft: 'strategy-returned',
};

/** The writer of a suggested strategy hears that there is an answer. */
@Injectable()
@Handles('tell-of-review', 'default')
export class NotifyStrategyReviewJob implements Job<{ strategyId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ strategyId }: { strategyId: string }): Promise<void> {
    const row = await this.sql.first(reviewed, { strategyId });
    const kind = row === null ? undefined : KIND[row.status];
    if (row === null || kind === undefined) return;
    await this.database.inTransaction((tx) =>
      this.telling.notify(tx, kind, { memberId: row.memberId, subjectId: strategyId }),
    );
  }
}

/** The writer of a post hears that a reader asks, never who. */
@Injectable()
@Handles('tell-of-proposal', 'default')
export class NotifyStrategyProposalJob implements Job<{ postId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ postId }: { postId: string }): Promise<void> {
    const row = await this.sql.first(writer, { postId, value2: true });
    if (row !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'strategy-for-post', { memberId: row.memberId, postId }),
      );
  }
}

@Injectable()
@Handles('tell-of-wish', 'default')
export class NotifyStrategyRequestJob implements Job<{ postId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ postId }: { postId: string }): Promise<void> {
    const row = await this.sql.first(writer, { postId, value2: false });
    if (row !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'strategy-wished', { memberId: row.memberId, postId }),
      );
  }
}
