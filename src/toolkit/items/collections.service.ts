import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import { COLLECTION_FIELD, collectionName } from './item-texts.js';
import { collections } from './items.queries.js';
import { ToolkitCollection } from './toolkit-collection.entity.js';

const MAX_COLLECTIONS = 50;

const remove = statement<{ viewerId: string; id: string }, object>(
  'toolkit.remove-collection',
  'delete from toolkit_collections where member_id = :viewerId and id = :id',
);
const leave = statement<{ viewerId: string; itemId: string }, object>(
  'toolkit.leave-collections',
  `
    delete
    from toolkit_collection_items ci using toolkit_items i
    where ci.item_id = i.id and i.member_id = :viewerId and i.id = :itemId
  `,
);
// The item and the collections must be the member's, so that a forged id has no effect.
const enter = statement<{ viewerId: string; itemId: string; ids: readonly string[] }, object>(
  'toolkit.enter-collections',
  `
    insert into toolkit_collection_items (collection_id, item_id)
    select c.id, i.id
    from toolkit_collections c
    join toolkit_items i on i.member_id = c.member_id
   where c.member_id = :viewerId and i.id = :itemId and c.id = any(:ids::bigint[])
   on conflict
   do nothing`,
);
// Serialises requests that name the same collection, so that it is inserted once.
const turn = statement<{ viewerId: string }, object>(
  'toolkit.collections-turn',
  `select pg_advisory_xact_lock(hashtextextended('toolkit.collections ' || :viewerId::text, 0))`,
);

/** A member's own groups of items ("at night", "at work"); their names are encrypted. */
@Injectable()
export class Collections {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** @returns the new collection's id @throws FieldError if the member has too many */
  async add(viewer: Viewer, name: string): Promise<string> {
    return this.database.inTransaction((tx) => this.named(tx, viewer, name));
  }

  /** Finds a collection by name, ignoring case, or inserts it. @returns its id */
  async named(tx: Tx, viewer: Viewer, name: string): Promise<string> {
    await this.sql.rowsIn(tx, turn, { viewerId: viewer.memberId });
    const key = await this.vault.forWriting(tx, viewer.memberId);
    const existing = await this.sql.rowsIn(tx, collections, { memberId: viewer.memberId });
    const same = existing.find(
      (row) => collectionName(key, row)?.toLowerCase() === name.toLowerCase(),
    );
    if (same !== undefined) return same.id;
    if (existing.length >= MAX_COLLECTIONS)
      throw new FieldError('newCollection', 'toolkit.error.collections', {
        count: MAX_COLLECTIONS,
      });
    const id = await this.vault.nextId(tx);
    await tx.getRepository(ToolkitCollection).insert({
      id,
      memberId: viewer.memberId,
      words: key.seal(COLLECTION_FIELD, id, { name }),
      createdAt: this.clock.now(),
    });
    return id;
  }

  async rename(viewer: Viewer, id: string, name: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const { affected } = await tx
        .getRepository(ToolkitCollection)
        .update(
          { memberId: viewer.memberId, id },
          { words: key.seal(COLLECTION_FIELD, id, { name }) },
        );
      if (affected === 0) throw new NotFound();
    });
  }

  /** Removes a collection. Its items stay in the toolkit. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.sql.rows(remove, { viewerId: viewer.memberId, id });
  }

  /** Replaces the collections to which an item belongs. */
  async place(tx: Tx, viewer: Viewer, itemId: string, ids: string[]): Promise<void> {
    await this.sql.rowsIn(tx, leave, { viewerId: viewer.memberId, itemId });
    if (ids.length > 0)
      await this.sql.rowsIn(tx, enter, { viewerId: viewer.memberId, itemId, ids });
  }
}
