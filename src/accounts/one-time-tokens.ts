import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { hashToken, newToken } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';

export type Purpose = 'verify-email' | 'reset-password' | 'change-email';

const LIFE: Record<Purpose, number> = {
  'verify-email': 3 * DAY,
  'reset-password': HOUR,
  'change-email': DAY,
};

export interface TokenOwner {
  memberId: string;
  email: string | null;
}

const mint = statement(
  'accounts.mint-token',
  `
    insert into one_time_tokens (token_hash, purpose, member_id, email, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6)
  `,
);
const peek = statement<TokenOwner>(
  'accounts.peek-token',
  `
    select member_id as "memberId", email::text
    from one_time_tokens
    where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
  `,
);
const spend = statement<TokenOwner>(
  'accounts.spend-token',
  `
    update one_time_tokens
    set used_at = $3
    where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
   returning member_id as "memberId", email::text`,
);

/** Links that work once, for a while. Only their digest is stored. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns the token, which goes into a mail and nowhere else */
  async mint(purpose: Purpose, memberId: string, email: string | null): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.sql.rows(mint, [
      hashToken(token),
      purpose,
      memberId,
      email,
      now,
      later(now, LIFE[purpose]),
    ]);
    return token;
  }

  peek(purpose: Purpose, token: string): Promise<TokenOwner | null> {
    return this.sql.first(peek, [hashToken(token), purpose, this.clock.now()]);
  }

  /** @returns null where the link was used, is too old or never was */
  async spend(tx: Tx, purpose: Purpose, token: string): Promise<TokenOwner | null> {
    const [rows] = (await tx.query(spend.text, [hashToken(token), purpose, this.clock.now()])) as [
      TokenOwner[],
      number,
    ];
    return rows[0] ?? null;
  }

  /** Every link of the member that is still open, whatever it is for. */
  async spendAll(tx: Tx, memberId: string): Promise<void> {
    await tx.query(
      `update one_time_tokens set used_at = $2
       where member_id = $1 and used_at is null`,
      [memberId, this.clock.now()],
    );
  }
}
