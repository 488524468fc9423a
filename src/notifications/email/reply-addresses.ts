import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { hashToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { findAddress, storeAddress, type FoundAddress } from './reply-addresses.queries.js';

/**
 * Milliseconds for which an address is accepted, so that old emails and leaked addresses expire.
 */
export const REPLY_ADDRESS_LIFETIME = 30 * DAY;
/**
 * Milliseconds for which an address stays the same, so that a retried email contains the same one.
 */
const STABLE_FOR = 7 * DAY;

/**
 * Addresses for replies by email: one per member and thread, valid for a month, opaque, and made of
 * characters that no mail server changes.
 */
@Injectable()
export class ReplyAddresses {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined if replies by email are disabled */
  async make(memberId: string, threadId: string): Promise<string | undefined> {
    const address = this.config.MAIL_REPLY_ADDRESS;
    if (this.config.REPLY_BY_MAIL !== 'on' || address === undefined) return undefined;
    const now = this.clock.now();
    const token = createHmac('sha256', this.config.secret)
      .update(`reply-address\0${memberId}\0${threadId}\0${Math.floor(now.getTime() / STABLE_FOR)}`)
      .digest('hex')
      .slice(0, 40);
    await this.sql.rows(storeAddress, { token: hashToken(token), memberId, threadId, now });
    return address.replace('@', `+${token}@`);
  }

  /** @returns null for a token that never existed, or was deleted after a year */
  async find(token: string): Promise<FoundAddress | null> {
    return /^[0-9a-f]{40}$/.test(token)
      ? this.sql.first(findAddress, {
          digest: hashToken(token),
          madeAfter: later(this.clock.now(), -REPLY_ADDRESS_LIFETIME),
        })
      : null;
  }
}
