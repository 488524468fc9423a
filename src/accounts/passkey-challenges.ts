import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { openJson, sealJson } from '../kernel/sealed.js';
import { Sql, statement } from '../kernel/sql.js';

/** How long a page may stay open before its button is pressed. */
const LIFETIME = 30 * MINUTE;
/** Bytes; WebAuthn requires at least 16 (13.4.3). */
const LENGTH = 32;

const SEAL = { key: 'passkey-challenge', context: 'passkey' };

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
 * Challenges for passkeys. They are embedded in the page, encrypted, so that showing a page stores
 * nothing; the table contains only used ones, because each is valid once.
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
      until: this.clock.ms() + LIFETIME,
    };
    const state = sealJson(this.config.secret, SEAL, sealed);
    return { challenge: new Uint8Array(challenge), state };
  }

  /**
   * Consumes a challenge.
   * @returns the challenge in base64url, or null if it was issued for another purpose or member,
   *   has expired, or was used before
   */
  async spend(
    state: string,
    purpose: ChallengePurpose,
    memberId: string | null,
  ): Promise<string | null> {
    const sealed = openJson<SealedChallenge>(this.config.secrets, SEAL, state);
    if (sealed === null || sealed.purpose !== purpose || sealed.memberId !== memberId) return null;
    if (sealed.until <= this.clock.ms()) return null;
    const digest = createHash('sha256').update(sealed.challenge).digest();
    const until = later(this.clock.now(), LIFETIME);
    const used = await this.sql.first(use, { digest, until });
    return used === null ? null : sealed.challenge;
  }
}
