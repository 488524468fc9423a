import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, findIn, getIn, queryIn } from '../kernel/sql.js';
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

/**
 * Codes for when a telephone, a passkey or a mailbox is lost: each works once. Only slow digests
 * are stored; the codes are shown at the moment they are made.
 */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly clock: Clock) {}

  /** Makes a new set; the codes of before stop working. */
  async replace(tx: Tx, memberId: string): Promise<string[]> {
    await this.remove(tx, memberId);
    const codes = Array.from({ length: CODES }, newCode);
    // One salt for the set, so that a try costs one computation and not ten.
    const salt = randomBytes(SALT);
    for (const code of codes) {
      await executeIn(
        tx,
        `
          insert into recovery_codes (member_id, salt, digest, created_at)
          values (:memberId, :salt, :digest, :now)
        `,
        {
          memberId,
          salt,
          digest: await digestCode(plainCode(code) ?? '', salt),
          now: this.clock.now(),
        },
      );
    }
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
  async spend(tx: Tx, memberId: string, typed: string): Promise<boolean> {
    const code = plainCode(typed);
    if (code === null) return false;
    const set = await findIn<{ salt: Buffer }>(
      tx,
      'select salt from recovery_codes where member_id = :memberId limit 1',
      { memberId },
    );
    // As slow where there is no set: nobody learns from the time whether there is one.
    const digest = await digestCode(code, set?.salt ?? NO_SALT);
    if (set === null) return false;
    const used = await queryIn(
      tx,
      `
        update recovery_codes
        set used_at = :now
        where member_id = :memberId and digest = :digest and used_at is null
        returning id
      `,
      { memberId, digest, now: this.clock.now() },
    );
    return used.length > 0;
  }
}
