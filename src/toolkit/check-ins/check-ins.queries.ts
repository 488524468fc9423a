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

/** Newest first. $1 member, $2 since, $3 until, $4 how many */
export const checkIns = statement<CheckInRow>(
  'toolkit.check-ins',
  `
    select c.id, c.words, c.made_at as "madeAt", c.level, c.before, c.after, c.item_id as "itemId",
      i.words as "itemWords", c.strategy_id as "strategyId", s.name as strategy
   from check_ins c
   left join toolkit_items i on i.id = c.item_id
   left join coping_strategies s on s.id = c.strategy_id and s.status = 'published'
   where c.member_id = $1 and c.made_at >= $2 and c.made_at < $3
   order by c.made_at desc, c.id desc
   limit $4`,
);

export const letters = statement<{ id: string; month: string }>(
  'toolkit.letters',
  'select id, month::text from toolkit_letters where member_id = $1 order by month desc limit 36',
);

/** $1 member, $2 letter */
export const oneLetter = statement<{ id: string; month: string; words: Buffer }>(
  'toolkit.letter',
  'select id, month::text, words from toolkit_letters where member_id = $1 and id = $2',
);
