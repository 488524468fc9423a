import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import { COLLECTION_FIELD, collectionName } from './item-words.js';
import { collections } from './items.queries.js';

export const MOST_COLLECTIONS = 50;

const insert = statement(
  'toolkit.insert-collection',
  'insert into toolkit_collections (id, member_id, words, created_at) values ($1, $2, $3, $4)',
);
const rename = statement<{ id: string }>(
  'toolkit.rename-collection',
  'update toolkit_collections set words = $3 where member_id = $1 and id = $2 returning id',
);
const remove = statement(
  'toolkit.remove-collection',
  'delete from toolkit_collections where member_id = $1 and id = $2',
);
const leave = statement(
  'toolkit.leave-collections',
  `
    delete
    from toolkit_collection_items ci using toolkit_items i
    where ci.item_id = i.id and i.member_id = $1 and i.id = $2
  `,
);
// Both ends are checked to be the member's: a forged id joins nothing.
const enter = statement(
  'toolkit.enter-collections',
  `
    insert into toolkit_collection_items (collection_id, item_id)
    select c.id, i.id
    from toolkit_collections c
    join toolkit_items i on i.member_id = c.member_id
   where c.member_id = $1 and i.id = $2 and c.id = any($3::bigint[]) on conflict do nothing`,
);
// Two tabs that name the same collection take turns.
const turn = statement(
  'toolkit.collections-turn',
  `select pg_advisory_xact_lock(hashtextextended('toolkit.collections ' || $1::text, 0))`,
);

/** "At night", "at work": names are the member's own and sealed. */
@Injectable()
export class Collections {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** The one of that name, made where there is none. @returns its id */
  async named(tx: Tx, viewer: Viewer, name: string): Promise<string> {
    await this.sql.rowsIn(tx, turn, [viewer.memberId]);
    const key = await this.vault.forWriting(tx, viewer.memberId);
    const there = await this.sql.rowsIn(tx, collections, [viewer.memberId]);
    const same = there.find(
      (row) => collectionName(key, row)?.toLowerCase() === name.toLowerCase(),
    );
    if (same !== undefined) return same.id;
    if (there.length >= MOST_COLLECTIONS)
      throw new FieldError('newCollection', 'toolkit.error.collections', {
        count: MOST_COLLECTIONS,
      });
    const id = await this.vault.nextId(tx);
    await this.sql.rowsIn(tx, insert, [
      id,
      viewer.memberId,
      key.seal(COLLECTION_FIELD, id, { name }),
      this.clock.now(),
    ]);
    return id;
  }

  async rename(viewer: Viewer, id: string, name: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const key = await this.vault.forWriting(tx, viewer.memberId);
      const [done] = await this.sql.rowsIn(tx, rename, [
        viewer.memberId,
        id,
        key.seal(COLLECTION_FIELD, id, { name }),
      ]);
      if (done === undefined) throw new NotFound();
    });
  }

  /** What was in it stays in the toolkit. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.sql.rows(remove, [viewer.memberId, id]);
  }

  /** The collections that hold an item, all at once. */
  async place(tx: Tx, viewer: Viewer, itemId: string, ids: string[]): Promise<void> {
    await this.sql.rowsIn(tx, leave, [viewer.memberId, itemId]);
    if (ids.length > 0) await this.sql.rowsIn(tx, enter, [viewer.memberId, itemId, ids]);
  }
}
