import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { openJson, sealJson } from '../kernel/sealed.js';
import { Sql, statement } from '../kernel/sql.js';

/** A page may lie open for so long before its button is pressed. */
const LIFE = 30 * MINUTE;
/** Bytes, as WebAuthn asks of a challenge (13.4.3: 16 or more). */
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
    const state = sealJson(this.config.secret, SEAL, sealed);
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
    const sealed = openJson<SealedChallenge>(this.config.secrets, SEAL, state);
    if (sealed === null || sealed.purpose !== purpose || sealed.memberId !== memberId) return null;
    if (sealed.until <= this.clock.ms()) return null;
    const digest = createHash('sha256').update(sealed.challenge).digest();
    const until = later(this.clock.now(), LIFE);
    const used = await this.sql.first(use, { digest, until });
    return used === null ? null : sealed.challenge;
  }
}
