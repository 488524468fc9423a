import { statement } from '../../kernel/sql.js';

export interface ItemRow {
  id: string;
  strategyId: string | null;
  words: Buffer | null;
  used: number;
  usedAt: Date | null;
  savedAt: Date;
  slug: string | null;
  /** Null where the strategy is not to be read any more. */
  name: string | null;
  summary: string | null;
  minutes: number | null;
  steps: string[] | null;
  credit: string | null;
  collections: string[];
}

export type SearchableRow = Pick<ItemRow, 'id' | 'words' | 'name' | 'summary'>;

// What was taken back, by its author or by the team, is not shown; what a member wrote beside it is
// the member's.
const STRATEGY = `
  left join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
  left join members w on w.id = s.member_id
`;
const COLUMNS = `
  i.id, i.strategy_id as "strategyId", i.words, i.used, i.used_at as "usedAt",
    i.saved_at as "savedAt", s.slug, s.name, s.summary, s.minutes,
  case when s.credit_from = 'pack'
    or (w.id is not null and w.closed_at is null) then nullif(s.credit, '') end as credit,
  array(select ci.collection_id::text
    from toolkit_collection_items ci
    where ci.item_id = i.id) as collections`;

/** In the member's own order, without steps. $1 member */
export const items = statement<ItemRow>(
  'toolkit.items',
  `
    select ${COLUMNS}, null::text[] as steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = $1
    order by i.position, i.id
  `,
);

/**
 * One page of them, of one collection or of all. $1 member, $2 collection or null, $3 how many, $4
 * after how many
 */
export const itemPage = statement<ItemRow & { total: number }>(
  'toolkit.item-page',
  `select ${COLUMNS}, null::text[] as steps, i.total
   from (select t.*, count(*) over ()::int as total from toolkit_items t
         where t.member_id = $1
           and ($2::bigint is null
             or exists (select 1
               from toolkit_collection_items c
               where c.item_id = t.id and c.collection_id = $2))
         order by t.position, t.id limit $3 offset $4) i ${STRATEGY} order by i.position, i.id`,
);

/**
 * What a word can be looked for in: sealed words have to be opened for that. $1 member, $2
 * collection or null
 */
export const searchable = statement<SearchableRow>(
  'toolkit.searchable',
  `
    select i.id, i.words, s.name, s.summary
    from toolkit_items i
    left join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
   where i.member_id = $1
     and ($2::bigint is null
       or exists (select 1
         from toolkit_collection_items c
         where c.item_id = i.id and c.collection_id = $2))
   order by i.position, i.id`,
);

/** $1 member, $2 items */
export const someItems = statement<ItemRow>(
  'toolkit.some-items',
  `
    select ${COLUMNS}, null::text[] as steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = $1 and i.id = any($2::bigint[])
    order by i.position, i.id
  `,
);

/** The same with steps: for print and for taking out. $1 member */
export const wholeItems = statement<ItemRow>(
  'toolkit.whole-items',
  `
    select ${COLUMNS}, s.steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = $1
    order by i.position, i.id
  `,
);

/** $1 member, $2 item */
export const oneItem = statement<ItemRow>(
  'toolkit.one-item',
  `select ${COLUMNS}, s.steps from toolkit_items i ${STRATEGY} where i.member_id = $1 and i.id = $2`,
);

/** A strategy of the library to use, saved or not. $1 slug, $2 member */
export const usable = statement<{
  strategyId: string;
  slug: string;
  name: string;
  summary: string;
  minutes: number;
  steps: string[];
  credit: string | null;
  itemId: string | null;
  words: Buffer | null;
}>(
  'toolkit.usable',
  `select s.id as "strategyId", s.slug, s.name, s.summary, s.minutes, s.steps,
          case when s.credit_from = 'pack'
            or (w.id is not null and w.closed_at is null) then nullif(s.credit, '') end as credit,
              i.id as "itemId", i.words
   from coping_strategies s
   left join members w on w.id = s.member_id
   left join toolkit_items i on i.strategy_id = s.id and i.member_id = $2
   where s.slug = $1 and s.status = 'published'`,
);

/** $1 slug, $2 member */
export const savable = statement<{ id: string; itemId: string | null; words: Buffer | null }>(
  'toolkit.savable',
  `
    select s.id, i.id as "itemId", i.words
    from coping_strategies s
    left join toolkit_items i on i.strategy_id = s.id and i.member_id = $2
    where s.slug = $1 and s.status = 'published'
  `,
);

export interface CollectionRow {
  id: string;
  words: Buffer;
}

export const collections = statement<CollectionRow>(
  'toolkit.collections',
  'select id, words from toolkit_collections where member_id = $1 order by id',
);
