import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import type { Tx } from '../kernel/database.js';
import { hashToken, newToken, sameText, sign } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';
import { KnownDevice } from './known-device.entity.js';

/** Days that a browser stays known after it last logged in. */
export const DEVICE_DAYS = 180;
/** Maximum number of accounts that one browser is known for; the oldest is dropped first. */
const MAX_ACCOUNTS = 4;

const PURPOSE = 'known-device';
/** A 256-bit id and its keyed digest, both base64url. */
const TOKEN = /^[\w-]{43}\.[\w-]{43}$/;
const BETWEEN = '~';

const find = statement<
  { digests: readonly Buffer[]; address: string; now: Date },
  { digest: string }
>(
  'accounts.known-device',
  `select encode(d.token_hash, 'hex') as digest
   from known_devices d
   join members m on m.id = d.member_id
   where d.token_hash = any(:digests::bytea[])
     and (m.email = :address::citext or (m.email is null and m.handle = :address::citext))
     and m.closed_at is null
     and d.expires_at > :now
   order by d.created_at desc
   limit 1`,
);
const acquaintance = statement<
  { digests: readonly Buffer[]; memberId: string; now: Date },
  { known: boolean; others: boolean }
>(
  'accounts.device-acquaintance',
  `
    select
      coalesce(bool_or(token_hash = any(:digests::bytea[])), false) as known,
      count(*) > 0 as others
    from known_devices
    where member_id = :memberId and expires_at > :now
  `,
);
const forget = statement<{ digests: readonly Buffer[]; memberId: string }, object>(
  'accounts.forget-device',
  'delete from known_devices where token_hash = any(:digests::bytea[]) and member_id = :memberId',
);
const remember = statement<{ token: Buffer; memberId: string; now: Date; until: Date }, object>(
  'accounts.remember-device',
  `insert into known_devices (token_hash, member_id, created_at, expires_at)
   values (:token, :memberId, :now, :until)`,
);

/**
 * Browsers in which somebody logged in to an account before, after OWASP's "Slow Down Online
 * Guessing Attacks with Device Cookies". The cookie contains random ids, each signed with our key;
 * the table maps their digests to accounts. An id grants no access: it only separates the browser's
 * attempts from those of strangers.
 */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * @param cookie raw value from the browser
   * @returns the key under which this device's attempts are counted, or null if the account does
   *   not know it
   */
  async deviceOf(cookie: string | undefined, email: string): Promise<string | null> {
    // Runs even without any token, so that the response time does not reveal a known address.
    const digests = this.tokensIn(cookie).map(hashToken);
    const row = await this.sql.first(find, {
      digests,
      address: email.trim(),
      now: this.clock.now(),
    });
    return row?.digest ?? null;
  }

  /** @returns whether the account knows other browsers but not this one */
  async isNew(cookie: string | undefined, memberId: string): Promise<boolean> {
    const digests = this.tokensIn(cookie).map(hashToken);
    const now = this.clock.now();
    const row = await this.sql.first(acquaintance, { digests, memberId, now });
    return row !== null && row.others && !row.known;
  }

  /** @returns the new cookie value; this account's previous id in it is invalidated */
  async remember(cookie: string | undefined, memberId: string): Promise<string> {
    const earlier = this.tokensIn(cookie);
    const now = this.clock.now();
    const id = newToken();
    const token = `${id}.${sign(this.config.secret, PURPOSE, id)}`;
    await this.sql.rows(forget, { digests: earlier.map(hashToken), memberId });
    await this.sql.rows(remember, {
      token: hashToken(token),
      memberId,
      now,
      until: later(now, DEVICE_DAYS * DAY),
    });
    return [token, ...earlier].slice(0, MAX_ACCOUNTS).join(BETWEEN);
  }

  async forgetAll(tx: Tx, memberId: string): Promise<void> {
    await tx.getRepository(KnownDevice).delete({ memberId });
  }

  // Ids without our signature are never looked up.
  private tokensIn(cookie: string | undefined): string[] {
    return (cookie ?? '').split(BETWEEN, MAX_ACCOUNTS).filter((token) => {
      const [id = '', digest = ''] = token.split('.');
      const { secrets } = this.config;
      return (
        TOKEN.test(token) && secrets.some((secret) => sameText(digest, sign(secret, PURPOSE, id)))
      );
    });
  }
}
