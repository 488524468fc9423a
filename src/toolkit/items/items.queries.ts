import { statement } from '../../kernel/sql.js';

export interface ItemRow {
  id: string;
  strategyId: string | null;
  words: Buffer | null;
  used: number;
  usedAt: Date | null;
  savedAt: Date;
  slug: string | null;
  /** Null if the strategy may no longer be read. */
  name: string | null;
  summary: string | null;
  minutes: number | null;
  steps: string[] | null;
  credit: string | null;
  collections: string[];
}

export type SearchableRow = Pick<ItemRow, 'id' | 'words' | 'name' | 'summary'>;

// A strategy withdrawn by its author or the team is not shown; the member's own texts for it are.
const READABLE_STRATEGY = `
  left join coping_strategies s on s.id = i.strategy_id and s.status = 'published'`;
const STRATEGY = `${READABLE_STRATEGY}
  left join members w on w.id = s.member_id
`;
const COLLECTIONS = `array(select ci.collection_id::text
    from toolkit_collection_items ci
    where ci.item_id = i.id)`;
const LISTED = `
  i.id, i.strategy_id as "strategyId", i.words, i.used, i.used_at as "usedAt",
    i.saved_at as "savedAt", s.slug, s.name, s.summary, s.minutes`;
const COLUMNS = `${LISTED},
  case when s.credit_from = 'pack'
    or (w.id is not null and w.closed_at is null) then nullif(s.credit, '') end as credit,
  ${COLLECTIONS} as collections`;

/** In the member's own order, without steps. */
export const items = statement<{ viewerId: string }, ItemRow>(
  'toolkit.items',
  `
    select ${COLUMNS}, null::text[] as steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = :viewerId
    order by i.position, i.id
  `,
);

// Counts beside the page: a window over the page's rows would read the texts of all. A list names
// nobody to credit, and most members have no collections to look for.
const pageSql = (items: string): string => `
  select ${LISTED}, null as credit, '{}'::text[] as collections, null::text[] as steps,
    (select count(*)::int from toolkit_items t where ${items}) as total
  from (select t.*
    from toolkit_items t
    where ${items}
    order by t.position, t.id
    limit :limit offset :offset) i ${READABLE_STRATEGY}
  order by i.position, i.id`;

interface ItemPageParams {
  memberId: string;
  limit: number;
  offset: number;
}

type PagedItemRow = ItemRow & { total: number };

/** One page of all items, without their collections. */
export const itemPage = statement<ItemPageParams, PagedItemRow>(
  'toolkit.item-page',
  pageSql('t.member_id = :memberId'),
);

/** One page of the items of a collection, without their collections. */
export const collectionPage = statement<ItemPageParams & { collection: string }, PagedItemRow>(
  'toolkit.collection-page',
  pageSql(`t.member_id = :memberId
    and exists (select 1
      from toolkit_collection_items c
      where c.item_id = t.id and c.collection_id = :collection)`),
);

/** The collections of some items. */
export const collectionsOfItems = statement<
  { items: readonly string[] },
  { id: string; collections: string[] }
>(
  'toolkit.collections-of-items',
  `
    select item_id as id, array_agg(collection_id::text) as collections
    from toolkit_collection_items
    where item_id = any(:items::bigint[])
    group by item_id
  `,
);

/** The texts to search. The caller decrypts the encrypted ones. */
export const searchable = statement<{ memberId: string; collection: string | null }, SearchableRow>(
  'toolkit.searchable',
  `
    select i.id, i.words, s.name, s.summary
    from toolkit_items i
    left join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
   where i.member_id = :memberId
     and (:collection::bigint is null
       or exists (select 1
         from toolkit_collection_items c
         where c.item_id = i.id and c.collection_id = :collection))
   order by i.position, i.id`,
);

export const itemsByIds = statement<{ memberId: string; items: readonly string[] }, ItemRow>(
  'toolkit.some-items',
  `
    select ${COLUMNS}, null::text[] as steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = :memberId and i.id = any(:items::bigint[])
    order by i.position, i.id
  `,
);

/** Same as `items`, with the steps: for print and export. */
export const completeItems = statement<{ memberId: string }, ItemRow>(
  'toolkit.whole-items',
  `
    select ${COLUMNS}, s.steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = :memberId
    order by i.position, i.id
  `,
);

export const itemById = statement<{ memberId: string; id: string | null }, ItemRow>(
  'toolkit.one-item',
  `
    select ${COLUMNS}, s.steps
    from toolkit_items i ${STRATEGY}
    where i.member_id = :memberId and i.id = :id
  `,
);

/** A published strategy for a step-by-step exercise, with the reader's item if it is saved. */
export const exerciseBySlug = statement<
  { slug: string; memberId: string | null },
  {
    strategyId: string;
    slug: string;
    name: string;
    summary: string;
    minutes: number;
    steps: string[];
    credit: string | null;
    itemId: string | null;
    words: Buffer | null;
  }
>(
  'toolkit.usable',
  `select s.id as "strategyId", s.slug, s.name, s.summary, s.minutes, s.steps,
          case when s.credit_from = 'pack'
            or (w.id is not null and w.closed_at is null) then nullif(s.credit, '') end as credit,
              i.id as "itemId", i.words
   from coping_strategies s
   left join members w on w.id = s.member_id
   left join toolkit_items i on i.strategy_id = s.id and i.member_id = :memberId
   where s.slug = :slug and s.status = 'published'`,
);

export const savableStrategy = statement<
  { slug: string; viewerId: string },
  { id: string; itemId: string | null; words: Buffer | null }
>(
  'toolkit.savable',
  `
    select s.id, i.id as "itemId", i.words
    from coping_strategies s
    left join toolkit_items i on i.strategy_id = s.id and i.member_id = :viewerId
    where s.slug = :slug and s.status = 'published'
  `,
);

export interface CollectionRow {
  id: string;
  words: Buffer;
}

export const collections = statement<{ memberId: string }, CollectionRow>(
  'toolkit.collections',
  'select id, words from toolkit_collections where member_id = :memberId order by id',
);
