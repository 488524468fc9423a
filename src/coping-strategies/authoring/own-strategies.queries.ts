import { titleFor } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import { CONTENT_COLUMNS, type StrategyContent } from '../core/strategy-content.js';

export interface OwnRow {
  slug: string;
  name: string;
  summary: string;
  status: string;
  withdrawnBy: string | null;
  note: string;
  updatedAt: Date;
}

export const ownStrategies = statement<{ memberId: string }, OwnRow>(
  'strategies.own',
  `
    select slug, name, summary, status, withdrawn_by as "withdrawnBy", moderator_note as note,
      updated_at as "updatedAt"
    from coping_strategies
    where member_id = :memberId
    order by id desc
    limit 200
  `,
);

/** A strategy with all fields of its edit form. */
export interface StrategyEditRow extends StrategyContent {
  id: string;
  slug: string;
  version: number;
  status: string;
  /** The moderator's note to the writer. */
  note: string;
}

/** Columns of `StrategyEditRow` for strategy `s`. */
export const EDIT_COLUMNS = `
  s.id, s.slug, s.version, s.status, s.moderator_note as note, ${CONTENT_COLUMNS}`;

export const ownStrategyBySlug = statement<{ slug: string; memberId: string }, StrategyEditRow>(
  'strategies.one-own',
  `
    select ${EDIT_COLUMNS}
    from coping_strategies s
    where s.slug = :slug and s.member_id = :memberId
  `,
);

export interface StrategyRequestRow {
  postId: string;
  threadId: string;
  number: number;
  title: string;
  slug: string | null;
  name: string | null;
}

/**
 * Requests that wait for a writer's answer: strategies proposed for their posts, and requests to
 * turn a post into a strategy (those without slug and name).
 */
export const strategyRequests = statement<{ memberId: string }, StrategyRequestRow>(
  'strategies.asks',
  `
    select p.id as "postId", p.thread_id as "threadId", p.number,
      ${titleFor('t', 'c', ':memberId')} as title, s.slug, s.name
   from post_strategies ps
   join posts p on p.id = ps.post_id
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   join coping_strategies s on s.id = ps.strategy_id
   where ps.state = 'proposed'
     and p.author_id = :memberId
     and p.status in ('published', 'held')
     and s.status = 'published'
   union all
   select p.id, p.thread_id, p.number, ${titleFor('t', 'c', ':memberId')}, null, null
   from strategy_wishes w
   join posts p on p.id = w.post_id
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   where w.state = 'asked' and p.author_id = :memberId and p.status in ('published', 'held')
   order by 1 desc limit 100`,
);

export const strategyByKey = statement<{ viewerId: string; key: string | null }, { slug: string }>(
  'strategies.sent-before',
  'select slug from coping_strategies where member_id = :viewerId and idempotency_key = :key',
);
