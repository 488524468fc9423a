import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { newToken, sign } from '../kernel/ids.js';
import { executeIn, getIn, Sql, statement } from '../kernel/sql.js';
import { digestCode } from './password.js';

/** Number of codes, and letters per code: 60 bits, so the digest must be slow. */
export const CODES = 10;
const LETTERS = 12;
/** Without 0, 1, I and O, which are easily confused. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const SALT = 16;
const NO_SALT = Buffer.alloc(SALT);

/**
 * The codes that follow from a random secret, such as `ABCD-EFGH-JKLM`.
 * @param secret so that a form that is submitted twice shows the same codes
 */
export function codesOf(secret: string): string[] {
  return Array.from({ length: CODES }, (_, index) => {
    const bytes = Buffer.from(sign(secret, 'recovery-code', String(index)), 'base64url');
    // The length of the alphabet divides 256, so each letter is equally likely.
    const letters = [...bytes.subarray(0, LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]);
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** Normalises a typed code; null if it cannot be one. */
function plainCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return letters.length === LETTERS ? letters : null;
}

/**
 * A set of codes with their digests, which take a second to compute; create it before a
 * transaction.
 */
export interface NewCodes {
  codes: string[];
  /** One salt for the set, so that an attempt costs one computation instead of ten. */
  salt: Buffer;
  digests: Buffer[];
}

export async function newCodes(codes = codesOf(newToken())): Promise<NewCodes> {
  const salt = randomBytes(SALT);
  const digests = await Promise.all(codes.map((code) => digestCode(plainCode(code) ?? '', salt)));
  return { codes, salt, digests };
}

const saltOf = statement<{ memberId: string }, { salt: Buffer }>(
  'accounts.recovery-salt',
  'select salt from recovery_codes where member_id = :memberId limit 1',
);

const withDigest = statement<{ memberId: string; digest: Buffer | null }, object>(
  'accounts.recovery-code',
  'select 1 from recovery_codes where member_id = :memberId and digest = :digest',
);

/**
 * Single-use codes for when a phone, a passkey or a mailbox is lost. Only slow digests are stored;
 * the codes are shown once, when they are generated.
 */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a new set and invalidates the previous one.
   * @returns the codes, to be shown
   */
  async replace(tx: Tx, memberId: string, { codes, salt, digests }: NewCodes): Promise<string[]> {
    // Without the lock, two concurrent sets would both stay, and the codes of one would not work.
    await executeIn(tx, 'select 1 from members where id = :memberId for no key update', {
      memberId,
    });
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

  /** @returns the number of unused codes */
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

  /** Whether a code belongs to the member's current set, used or not. */
  async include(memberId: string, code: string): Promise<boolean> {
    const digest = await this.digestOf(memberId, code);
    return (await this.sql.first(withDigest, { memberId, digest })) !== null;
  }

  /** @returns false if the code is wrong or was used */
  async spend(memberId: string, typed: string): Promise<boolean> {
    const digest = await this.digestOf(memberId, typed);
    return this.database.inTransaction((tx) => this.spendDigest(tx, memberId, digest));
  }

  /**
   * The slow part of verifying a code; call it before a transaction.
   * @returns null if the text cannot be a code
   */
  async digestOf(memberId: string, typed: string): Promise<Buffer | null> {
    const code = plainCode(typed);
    if (code === null) return null;
    const set = await this.sql.first(saltOf, { memberId });
    // Also computed without a set, so that the response time does not reveal whether one exists.
    return digestCode(code, set?.salt ?? NO_SALT);
  }

  /** @returns false if no code of the member has the digest, or it was used */
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
