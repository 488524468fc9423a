import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { idempotencyKeyFor } from '../../kernel/ids.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import { ITEM_FIELD, openTexts, type Item, type ItemTexts } from './item-texts.js';
import { savableStrategy } from './items.queries.js';
import { ToolkitItem } from './toolkit-item.entity.js';
import { ToolkitReader } from './toolkit-reader.service.js';

/** A limit beyond any practical need. */
const MAX_ITEMS = 1_000;

const next = statement<{ viewerId: string }, { position: number; count: number }>(
  'toolkit.next-position',
  `
    select coalesce(max(position), 0) + 1 as position, count(*)::int as count
    from toolkit_items
    where member_id = :viewerId
  `,
);
const insert = statement<
  {
    id: string;
    viewerId: string;
    strategyId: string | null;
    position: number;
    sealed: Buffer | null;
    idempotencyKey: string | null;
    now: Date;
  },
  { id: string }
>(
  'toolkit.insert-item',
  `
    insert into toolkit_items (id, member_id, strategy_id, position, words, idempotency_key,
      saved_at, updated_at)
    values (:id, :viewerId, :strategyId, :position, :sealed, :idempotencyKey, :now, :now)
    on conflict
    do nothing
    returning id
  `,
);
const removeOne = statement<{ viewerId: string; id: string }, object>(
  'toolkit.remove-item',
  'delete from toolkit_items where member_id = :viewerId and id = :id',
);
const removeBySlug = statement<{ viewerId: string; slug: string }, object>(
  'toolkit.remove-by-slug',
  `
    delete
    from toolkit_items i using coping_strategies s
    where i.member_id = :viewerId and s.id = i.strategy_id and s.slug = :slug
  `,
);
const ordered = statement<{ viewerId: string }, { id: string; position: number }>(
  'toolkit.order',
  `
    select id, position
    from toolkit_items
    where member_id = :viewerId
    order by position, id
    for update
  `,
);
const place = statement<
  { viewerId: string; ids: readonly string[]; positions: readonly number[] },
  object
>(
  'toolkit.place',
  `
    update toolkit_items i
    set position = n.position
    from unnest(:ids::bigint[], :positions::int[]) as n(id, position)
    where i.member_id = :viewerId and i.id = n.id
  `,
);
const known = statement<{ viewerId: string; idempotencyKey: string | null }, { id: string }>(
  'toolkit.known-key',
  'select id from toolkit_items where member_id = :viewerId and idempotency_key = :idempotencyKey',
);

/** Writes a member's toolkit items: saved library strategies with own texts, and own items. */
@Injectable()
export class ToolkitItems {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly reader: ToolkitReader,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound if the member has no such item */
  async open(viewer: Viewer, id: string): Promise<Item> {
    const item = await this.reader.item(viewer.memberId, id);
    if (item === null) throw new NotFound();
    return item;
  }

  /**
   * Saves a library strategy. Idempotent; a note replaces the previous one.
   * @returns the item's id
   * @throws NotFound if the strategy is not in the library
   */
  async save(viewer: Viewer, slug: string, note: string): Promise<string> {
    return this.database.inTransaction(async (tx) => {
      const [strategy] = await this.sql.rowsIn(tx, savableStrategy, {
        slug,
        viewerId: viewer.memberId,
      });
      if (strategy === undefined) throw new NotFound();
      if (strategy.itemId === null) {
        const addedId = await this.add(
          tx,
          viewer,
          strategy.id,
          note === '' ? null : { name: '', note, steps: [] },
          null,
        );
        if (addedId !== null) return addedId;
      }
      const [existing] =
        strategy.itemId === null
          ? await this.sql.rowsIn(tx, savableStrategy, { slug, viewerId: viewer.memberId })
          : [strategy];
      const id = existing?.itemId ?? '';
      if (note !== '') {
        const key = await this.vault.forWriting(tx, viewer.memberId);
        const before = openTexts<ItemTexts>(key, ITEM_FIELD, id, existing?.words ?? null);
        await this.storeTexts(tx, key, id, {
          name: before?.name ?? '',
          steps: before?.steps ?? [],
          note,
        });
      }
      return id;
    });
  }

  async unsave(viewer: Viewer, slug: string): Promise<void> {
    await this.sql.rows(removeBySlug, { viewerId: viewer.memberId, slug });
  }

  /** Inserts an own item. Idempotent for the same key and content. @returns its id */
  async addOwn(tx: Tx, viewer: Viewer, words: ItemTexts, key: string): Promise<string> {
    const idempotencyKey = idempotencyKeyFor(key, words);
    const addedId = await this.add(tx, viewer, null, words, idempotencyKey);
    if (addedId !== null) return addedId;
    const [existing] = await this.sql.rowsIn(tx, known, {
      viewerId: viewer.memberId,
      idempotencyKey,
    });
    if (existing === undefined) throw new Error('the item was neither inserted nor found');
    return existing.id;
  }

  async write(tx: Tx, viewer: Viewer, id: string, words: ItemTexts): Promise<void> {
    await this.storeTexts(tx, await this.vault.forWriting(tx, viewer.memberId), id, words);
  }

  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.sql.rows(removeOne, { viewerId: viewer.memberId, id });
  }

  /** Moves an item one position up or down, or to the top; a no-op at either end. */
  async move(viewer: Viewer, id: string, to: 'up' | 'down' | 'top'): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const rows = await this.sql.rowsIn(tx, ordered, { viewerId: viewer.memberId });
      const order = reorder(
        rows.map((row) => row.id),
        id,
        to,
      );
      const changed = order
        .map((each, at) => ({ id: each, position: at + 1 }))
        .filter(
          ({ id: each, position }) => rows.find((row) => row.id === each)?.position !== position,
        );
      if (changed.length > 0)
        await this.sql.rowsIn(tx, place, {
          viewerId: viewer.memberId,
          ids: changed.map((each) => each.id),
          positions: changed.map((each) => each.position),
        });
    });
  }

  private async add(
    tx: Tx,
    viewer: Viewer,
    strategyId: string | null,
    words: ItemTexts | null,
    idempotencyKey: string | null,
  ): Promise<string | null> {
    const [at] = await this.sql.rowsIn(tx, next, { viewerId: viewer.memberId });
    if ((at?.count ?? 0) >= MAX_ITEMS)
      throw new FieldError('name', 'toolkit.error.full', { count: MAX_ITEMS });
    const id = await this.vault.nextId(tx);
    const sealed =
      words === null
        ? null
        : (await this.vault.forWriting(tx, viewer.memberId)).seal(ITEM_FIELD, id, words);
    const [made] = await this.sql.rowsIn(tx, insert, {
      id,
      viewerId: viewer.memberId,
      strategyId,
      position: at?.position ?? 1,
      sealed,
      idempotencyKey,
      now: this.clock.now(),
    });
    return made?.id ?? null;
  }

  private async storeTexts(tx: Tx, key: PrivateKey, id: string, words: ItemTexts): Promise<void> {
    const nothing = words.name === '' && words.note === '' && words.steps.length === 0;
    await tx.getRepository(ToolkitItem).update(
      { memberId: key.memberId, id },
      {
        words: nothing ? null : key.seal(ITEM_FIELD, id, words),
        updatedAt: this.clock.now(),
      },
    );
  }
}

/** The order of ids after a move. @throws NotFound if the list does not contain the id */
export function reorder(order: string[], id: string, to: 'up' | 'down' | 'top'): string[] {
  const from = order.indexOf(id);
  if (from === -1) throw new NotFound();
  const target =
    to === 'top' ? 0 : Math.max(0, Math.min(order.length - 1, from + (to === 'up' ? -1 : 1)));
  const rest = order.filter((each) => each !== id);
  return [...rest.slice(0, target), id, ...rest.slice(target)];
}
