import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Clock, DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { hashToken, newToken } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';
import { OneTimeToken } from './one-time-token.entity.js';

export type Purpose = 'verify-email' | 'reset-password' | 'change-email' | 'second-step';

const LIFETIMES: Record<Purpose, number> = {
  'verify-email': 3 * DAY,
  'reset-password': HOUR,
  'change-email': DAY,
  // Between the password and the second factor.
  'second-step': 10 * MINUTE,
};

export interface TokenOwner {
  memberId: string;
  email: string | null;
}

const mint = statement<
  {
    token: Buffer;
    purpose: string;
    memberId: string;
    email: string | null;
    now: Date;
    until: Date;
  },
  object
>(
  'accounts.mint-token',
  `
    insert into one_time_tokens (token_hash, purpose, member_id, email, created_at, expires_at)
    values (:token, :purpose, :memberId, :email, :now, :until)
  `,
);
const peek = statement<{ token: Buffer; purpose: string; now: Date }, TokenOwner>(
  'accounts.peek-token',
  `
    select member_id as "memberId", email::text
    from one_time_tokens
    where token_hash = :token and purpose = :purpose and used_at is null and expires_at > :now
  `,
);
const spend = statement<{ token: Buffer; purpose: string; now: Date }, TokenOwner>(
  'accounts.spend-token',
  `
    update one_time_tokens
    set used_at = :now
    where token_hash = :token and purpose = :purpose and used_at is null and expires_at > :now
   returning member_id as "memberId", email::text`,
);

/** Single-use links with an expiry. Only their digest is stored. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns the token, which must only be sent by email */
  async mint(purpose: Purpose, memberId: string, email: string | null): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.sql.rows(mint, {
      token: hashToken(token),
      purpose,
      memberId,
      email,
      now,
      until: later(now, LIFETIMES[purpose]),
    });
    return token;
  }

  peek(purpose: Purpose, token: string): Promise<TokenOwner | null> {
    return this.sql.first(peek, { token: hashToken(token), purpose, now: this.clock.now() });
  }

  /** @returns null if the link was used, has expired or never existed */
  async spend(tx: Tx, purpose: Purpose, token: string): Promise<TokenOwner | null> {
    const [owner] = await this.sql.rowsIn(tx, spend, {
      token: hashToken(token),
      purpose,
      now: this.clock.now(),
    });
    return owner ?? null;
  }

  /** Like `spend`, as its own transaction. */
  async use(purpose: Purpose, token: string): Promise<void> {
    await this.sql.rows(spend, { token: hashToken(token), purpose, now: this.clock.now() });
  }

  /** Invalidates every pending link of the member, for any purpose. */
  async spendAll(tx: Tx, memberId: string): Promise<void> {
    await tx
      .getRepository(OneTimeToken)
      .update({ memberId, usedAt: IsNull() }, { usedAt: this.clock.now() });
  }
}
