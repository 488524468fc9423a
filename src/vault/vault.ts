import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import type { Tx } from '../kernel/database.js';
import {
  newKey,
  encrypt,
  DecryptionFailed,
  decrypt,
  wrappingKeys,
  type WrappingKey,
} from './encryption.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';

/** A member's key as it is stored. */
export interface WrappedKey {
  wrapped: Buffer;
  wrappedBy: string;
}

const read = statement<{ memberId: string }, WrappedKey>(
  'vault.read',
  'select wrapped, wrapped_by as "wrappedBy" from private_keys where member_id = :memberId',
);
const hold = statement<{ memberId: string }, WrappedKey>(
  'vault.hold',
  `
    select wrapped, wrapped_by as "wrappedBy"
    from private_keys
    where member_id = :memberId
    for share
  `,
);
const make = statement<{ memberId: string; key: Buffer; mark: string; now: Date }, object>(
  'vault.make',
  `
    insert into private_keys (member_id, wrapped, wrapped_by, created_at)
    values (:memberId, :key, :mark, :now)
    on conflict
    do nothing
  `,
);
const wrapAgain = statement<
  { memberId: string; mark: string; key: Buffer; wrappedBy: string },
  object
>(
  'vault.wrap-again',
  `
    update private_keys
    set wrapped = :key, wrapped_by = :wrappedBy
    where member_id = :memberId and wrapped_by = :mark
  `,
);
const old = statement<{ mark: string; last: string }, WrappedKey & { memberId: string }>(
  'vault.old',
  `
    select member_id as "memberId", wrapped, wrapped_by as "wrappedBy"
    from private_keys
    where wrapped_by <> :mark and member_id > :last
    order by member_id
    limit 1000
  `,
);
const erase = statement<{ memberId: string }, object>(
  'vault.erase',
  'delete from private_keys where member_id = :memberId',
);
const nextId = statement<NoParams, { id: string }>(
  'vault.next-id',
  `select nextval('private_row_ids')::text as id`,
);

/** The key of one member. What it seals is bound to the member, the column and the row. */
export class PrivateKey {
  constructor(
    readonly memberId: string,
    private readonly key: Buffer,
  ) {}

  /** @param field `table.column` @param row its id */
  seal(field: string, row: string, words: object): Buffer {
    return encrypt(this.key, this.bound(field, row), Buffer.from(JSON.stringify(words)));
  }

  /** @throws SealBroken */
  open<Words>(field: string, row: string, sealed: Buffer): Words {
    return JSON.parse(decrypt(this.key, this.bound(field, row), sealed).toString('utf8')) as Words;
  }

  private bound(field: string, row: string): string {
    return [this.memberId, field, row].join('\0');
  }
}

/**
 * What members keep for themselves alone, sealed in the database under a key of each member's own.
 * That key is wrapped by a setting, so that a copy of the database tells nothing; with the key
 * erased, all it sealed is gone, from backups too.
 */
@Injectable()
export class Vault {
  private readonly current: WrappingKey;
  private readonly known: Map<string, WrappingKey>;

  constructor(
    config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {
    const all = wrappingKeys(config);
    this.current = all[0];
    this.known = new Map(all.map((each) => [each.mark, each]));
  }

  /** For reading. @returns null where the member keeps nothing */
  async of(memberId: string): Promise<PrivateKey | null> {
    const row = await this.sql.first(read, { memberId });
    return row === null ? null : this.unwrap(memberId, row);
  }

  /**
   * A key that a statement read along with other things. Wrapped by an older setting, it is wrapped
   * anew.
   */
  async unwrap(memberId: string, row: WrappedKey): Promise<PrivateKey> {
    const by = this.known.get(row.wrappedBy);
    if (by === undefined)
      throw new DecryptionFailed('wrapped by a key that is not set: see PRIVATE_KEY_PREVIOUS');
    const key = decrypt(by.key, wrapBound(memberId), row.wrapped);
    if (by !== this.current)
      await this.sql.rows(wrapAgain, {
        memberId,
        mark: by.mark,
        key: encrypt(this.current.key, wrapBound(memberId), key),
        wrappedBy: this.current.mark,
      });
    return new PrivateKey(memberId, key);
  }

  /**
   * Wraps every key anew that an older setting wrapped, so that the older one can be taken away.
   * @returns how many
   */
  async wrapAllAnew(): Promise<number> {
    let [count, last] = [0, '0'];
    for (;;) {
      const rows = await this.sql.rows(old, { mark: this.current.mark, last });
      for (const { memberId, ...row } of rows) await this.unwrap(memberId, row);
      if (rows.length === 0) return count;
      count += rows.length;
      last = rows.at(-1)?.memberId ?? last;
    }
  }

  /**
   * For writing: makes the key where there is none, and holds it until the transaction ends, so
   * that nothing is sealed under a key that is being erased.
   */
  async forWriting(tx: Tx, memberId: string): Promise<PrivateKey> {
    const held = await this.sql.rowsIn(tx, hold, { memberId });
    if (held[0] !== undefined) return this.unwrapHeld(memberId, held[0]);
    await this.sql.rowsIn(tx, make, {
      memberId,
      key: encrypt(this.current.key, wrapBound(memberId), newKey()),
      mark: this.current.mark,
      now: this.clock.now(),
    });
    const [made] = await this.sql.rowsIn(tx, hold, { memberId });
    if (made === undefined) throw new Error('no such member');
    return this.unwrapHeld(memberId, made);
  }

  /** An id for a row, before there is one: the seal is bound to it. */
  async nextId(tx: Tx): Promise<string> {
    const [row] = await this.sql.rowsIn(tx, nextId);
    if (row === undefined) throw new Error('no id');
    return row.id;
  }

  /** From here on nothing that the member's key sealed can be read by anybody. */
  async erase(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, erase, { memberId });
  }

  // Not wrapped anew here: that would wait for this transaction's own lock on another connection.
  private unwrapHeld(memberId: string, row: WrappedKey): PrivateKey {
    const by = this.known.get(row.wrappedBy);
    if (by === undefined)
      throw new DecryptionFailed('wrapped by a key that is not set: see PRIVATE_KEY_PREVIOUS');
    return new PrivateKey(memberId, decrypt(by.key, wrapBound(memberId), row.wrapped));
  }
}

function wrapBound(memberId: string): string {
  return `private key\0${memberId}`;
}
