import { statement } from '../../kernel/sql.js';

export interface CheckInRow {
  id: string;
  words: Buffer | null;
  madeAt: Date;
  level: number | null;
  before: number | null;
  after: number | null;
  itemId: string | null;
  itemWords: Buffer | null;
  strategyId: string | null;
  strategy: string | null;
}

/** Newest first. */
export const checkIns = statement<
  { memberId: string; since: Date; until: Date; limit: number },
  CheckInRow
>(
  'toolkit.check-ins',
  `
    select c.id, c.words, c.made_at as "madeAt", c.level, c.before, c.after, c.item_id as "itemId",
      i.words as "itemWords", c.strategy_id as "strategyId", s.name as strategy
   from check_ins c
   left join toolkit_items i on i.id = c.item_id
   left join coping_strategies s on s.id = c.strategy_id and s.status = 'published'
   where c.member_id = :memberId and c.made_at >= :since and c.made_at < :until
   order by c.made_at desc, c.id desc
   limit :limit`,
);
