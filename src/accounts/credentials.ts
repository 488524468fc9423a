import { Injectable } from '@nestjs/common';
import { RateLimits } from '../http/rate-limit.js';
import { Config } from '../kernel/config.js';
import { Sql, statement } from '../kernel/sql.js';
import { refusesDemo } from './demo-log-ins.js';
import { passwordFits } from './password.js';

export interface KnownMember {
  id: string;
  verified: boolean;
  /** A second factor is required in addition to the password. */
  secondFactor: boolean;
}

interface Stored extends KnownMember {
  passwordHash: string | null;
}

/** Accounts without an address log in by handle, all others only by address. */
const byAddress = statement<{ email: string }, Stored>(
  'accounts.by-address',
  `
    select id, email_verified_at is not null as verified, password_hash as "passwordHash",
      second_factor_since is not null as "secondFactor"
    from members
    where (email = :email::citext or (email is null and handle = :email::citext))
      and closed_at is null
  `,
);
const byId = statement<{ memberId: string }, Stored>(
  'accounts.by-id',
  `
    select id, email_verified_at is not null as verified, password_hash as "passwordHash",
      second_factor_since is not null as "secondFactor"
    from members
    where id = :memberId
  `,
);

/** Verifies passwords in constant time, whether or not the account exists. */
@Injectable()
export class Credentials {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  async check(email: string, password: string): Promise<KnownMember | null> {
    const stored = await this.sql.first(byAddress, { email: email.trim() });
    const fits = await passwordFits(stored?.passwordHash ?? null, password);
    return fits && !refusesDemo(this.config, email, password) ? stored : null;
  }

  /**
   * Verifies the password of a logged-in member.
   * @throws TooManyRequests after 10 attempts within an hour
   */
  async checkOwn(memberId: string, password: string): Promise<boolean> {
    await this.limits.count('own-password', memberId, 10, 3_600);
    const stored = await this.sql.first(byId, { memberId });
    return passwordFits(stored?.passwordHash ?? null, password);
  }
}
