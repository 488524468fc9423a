import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { aesDecrypt, aesEncrypt, DecryptionFailed } from '../kernel/aes-gcm.js';
import { Clock, MINUTE, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Sql, statement } from '../kernel/sql.js';

/** A page may lie open for so long before its button is pressed. */
const LIFE = 30 * MINUTE;
/** Bytes, as WebAuthn asks of a challenge (13.4.3: 16 or more). */
const LENGTH = 32;

export type ChallengePurpose = 'add' | 'log-in';

interface SealedChallenge {
  challenge: string;
  purpose: ChallengePurpose;
  /** Whose passkey is added; null before a log-in. */
  memberId: string | null;
  until: number;
}

const use = statement<{ digest: Buffer; until: Date }, { digest: Buffer }>(
  'accounts.passkey-challenge-use',
  `
    insert into used_challenges (digest, expires_at)
    values (:digest, :until)
    on conflict do nothing
    returning digest
  `,
);

/**
 * Challenges for passkeys. They travel with the page, sealed, so that showing a page stores
 * nothing; the table holds those that were answered, because each is answered once.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  make(
    purpose: ChallengePurpose,
    memberId: string | null,
  ): { challenge: Uint8Array<ArrayBuffer>; state: string } {
    const challenge = randomBytes(LENGTH);
    const sealed: SealedChallenge = {
      challenge: challenge.toString('base64url'),
      purpose,
      memberId,
      until: this.clock.ms() + LIFE,
    };
    const plain = Buffer.from(JSON.stringify(sealed));
    const state = aesEncrypt(this.key(), 'passkey', plain).toString('base64url');
    return { challenge: new Uint8Array(challenge), state };
  }

  /**
   * Uses a challenge up. @returns it in Base64URL, or null where it was made for something or
   *   somebody else, is too old, or was answered before
   */
  async spend(
    state: string,
    purpose: ChallengePurpose,
    memberId: string | null,
  ): Promise<string | null> {
    const sealed = this.open(state);
    if (sealed === null || sealed.purpose !== purpose || sealed.memberId !== memberId) return null;
    if (sealed.until <= this.clock.ms()) return null;
    const digest = createHash('sha256').update(sealed.challenge).digest();
    const until = later(this.clock.now(), LIFE);
    const used = await this.sql.first(use, { digest, until });
    return used === null ? null : sealed.challenge;
  }

  private open(state: string): SealedChallenge | null {
    try {
      const plain = aesDecrypt(this.key(), 'passkey', Buffer.from(state, 'base64url'));
      return JSON.parse(plain.toString()) as SealedChallenge;
    } catch (error) {
      if (error instanceof DecryptionFailed) return null;
      throw error;
    }
  }

  private key(): Buffer {
    return createHash('sha256').update(`passkey-challenge\0${this.config.secret}`).digest();
  }
}
