import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { executeIn, getIn, Sql, statement } from '../kernel/sql.js';
import { digestCode } from './password.js';

/** Codes in a set, and letters in a code: 60 bits, so the digest is slow to compute. */
export const CODES = 10;
const LETTERS = 12;
/** Without 0, 1, I and O, which people mistake for one another. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const SALT = 16;
const NO_SALT = Buffer.alloc(SALT);

/** @returns such as `ABCD-EFGH-JKLM` */
function newCode(): string {
  const letters = Array.from({ length: LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as it was made, however it was typed; null where it cannot be one. */
function plainCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return letters.length === LETTERS ? letters : null;
}

/** A set of codes with their digests, which take a second to compute: before a transaction. */
export interface NewCodes {
  codes: string[];
  /** One for the set, so that a try costs one computation and not ten. */
  salt: Buffer;
  digests: Buffer[];
}

export async function newCodes(): Promise<NewCodes> {
  const codes = Array.from({ length: CODES }, newCode);
  const salt = randomBytes(SALT);
  const digests = await Promise.all(codes.map((code) => digestCode(plainCode(code) ?? '', salt)));
  return { codes, salt, digests };
}

const saltOf = statement<{ memberId: string }, { salt: Buffer }>(
  'accounts.recovery-salt',
  'select salt from recovery_codes where member_id = :memberId limit 1',
);

/**
 * Codes for when a telephone, a passkey or a mailbox is lost: each works once. Only slow digests
 * are stored; the codes are shown at the moment they are made.
 */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Stores a new set; the codes of before stop working. @returns the codes, to be shown */
  async replace(tx: Tx, memberId: string, { codes, salt, digests }: NewCodes): Promise<string[]> {
    await this.remove(tx, memberId);
    await executeIn(
      tx,
      `
        insert into recovery_codes (member_id, salt, digest, created_at)
        select :memberId, :salt, digest, :now
        from unnest(:digests::bytea[]) as digest
      `,
      { memberId, salt, digests, now: this.clock.now() },
    );
    return codes;
  }

  async remove(tx: Tx, memberId: string): Promise<void> {
    await executeIn(tx, 'delete from recovery_codes where member_id = :memberId', { memberId });
  }

  /** @returns how many were not used */
  async left(tx: Tx, memberId: string): Promise<number> {
    const { count } = await getIn<{ count: number }>(
      tx,
      `
        select count(*)::int as count
        from recovery_codes
        where member_id = :memberId and used_at is null
      `,
      { memberId },
    );
    return count;
  }

  /** @returns false for a code that is wrong or was used */
  async spend(memberId: string, typed: string): Promise<boolean> {
    const digest = await this.digestOf(memberId, typed);
    return this.database.inTransaction((tx) => this.spendDigest(tx, memberId, digest));
  }

  /**
   * The slow part of comparing a code, to be done before a transaction.
   * @returns null for what cannot be a code
   */
  async digestOf(memberId: string, typed: string): Promise<Buffer | null> {
    const code = plainCode(typed);
    if (code === null) return null;
    const set = await this.sql.first(saltOf, { memberId });
    // As slow where there is no set: nobody learns from the time whether there is one.
    return digestCode(code, set?.salt ?? NO_SALT);
  }

  /** @returns false where no code of the member has the digest, or it was used */
  async spendDigest(tx: Tx, memberId: string, digest: Buffer | null): Promise<boolean> {
    const used = await executeIn(
      tx,
      `
        update recovery_codes
        set used_at = :now
        where member_id = :memberId and digest = :digest and used_at is null
      `,
      { memberId, digest, now: this.clock.now() },
    );
    return used > 0;
  }
}
