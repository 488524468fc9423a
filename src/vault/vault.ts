import { createSecretKey, type KeyObject } from 'node:crypto';
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

/** A member's key as stored; `wrappedBy` is the fingerprint of the wrapping key. */
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

/** The key of one member. Each ciphertext is bound to the member, column and row. */
export class PrivateKey {
  private readonly key: KeyObject;

  constructor(
    readonly memberId: string,
    key: Buffer,
  ) {
    this.key = createSecretKey(key);
  }

  /** @param field `table.column` @param row its id */
  seal(field: string, row: string, texts: object): Buffer {
    return encrypt(this.key, this.bound(field, row), Buffer.from(JSON.stringify(texts)));
  }

  /**
   * @throws DecryptionFailed if the ciphertext was altered or belongs to another member, column or
   *   row
   */
  open<Texts>(field: string, row: string, sealed: Buffer): Texts {
    return JSON.parse(decrypt(this.key, this.bound(field, row), sealed).toString('utf8')) as Texts;
  }

  private bound(field: string, row: string): string {
    return [this.memberId, field, row].join('\0');
  }
}

/**
 * Envelope encryption of members' private texts: each member has a key, wrapped by a key from the
 * settings. A copy of the database alone reveals nothing; once a member's key is erased, their
 * texts cannot be decrypted.
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

  /** The key for reading. @returns null if the member has stored nothing */
  async of(memberId: string): Promise<PrivateKey | null> {
    const row = await this.sql.first(read, { memberId });
    return row === null ? null : this.unwrap(memberId, row);
  }

  /**
   * Unwraps a key that was loaded with other columns. A key wrapped under a previous setting is
   * rewrapped.
   * @throws DecryptionFailed if the wrapping key is not in the settings
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
   * Rewraps all keys under the current setting, so that the previous one can be removed.
   * @returns how many keys it rewrapped
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
   * The key for writing, created if necessary. Locks it until the transaction ends, so that nothing
   * is encrypted under a key that is being erased.
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

  /** Allocates the id of a row to insert, to which the ciphertext is bound. */
  async nextId(tx: Tx): Promise<string> {
    const [row] = await this.sql.rowsIn(tx, nextId);
    if (row === undefined) throw new Error('no id');
    return row.id;
  }

  /** Erases the key, so that nothing encrypted under it can be decrypted. */
  async erase(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, erase, { memberId });
  }

  // Does not rewrap: on another connection, that would deadlock with this transaction's own lock.
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
