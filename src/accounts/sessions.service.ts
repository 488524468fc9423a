import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { isDatabaseUnwritable } from '../kernel/database-errors.js';
import { hashToken, newToken } from '../kernel/ids.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, Sql, statement } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { revokeTokens } from './access-tokens.queries.js';
import { joinViewer, VIEWER_COLUMNS } from './viewer-columns.js';

/** Lifetime since the log-in, regardless of activity. */
export const SESSION_DAYS = 30;
/** An id that no session has. */
const NONE = '0';
/** On a shared device: total lifetime, and idle timeout. */
const SHARED_HOURS = 8;
const SHARED_IDLE_MINUTES = 15;

export interface OpenSession {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

interface Found extends Viewer {
  stale: boolean;
}

const find = statement<{ token: Buffer; now: Date; idleSince: Date; sharedIdleSince: Date }, Found>(
  'accounts.session',
  `
    select
      s.id as "sessionId",
      s.last_seen_at < :now::timestamptz - case
        when a.moderates or s.shared then interval '1 minute'
        else interval '15 minutes'
      end as stale,
      s.reauthenticated_at > :now::timestamptz - interval '10 minutes' as reauthenticated,
      s.shared as "sharedDevice",
      case when f.missing and not f.grace then 'member' else m.role end as role,
      a.moderates,
      case when f.missing and f.grace then m.second_factor_by end as "secondFactorBy",
      f.missing and not f.grace as "needsSecondFactor",
      ${VIEWER_COLUMNS}
    from sessions s
    ${joinViewer('s.member_id')}
    cross join lateral (
      select m.role <> 'member' or exists (
        select 1
        from memberships ms
        where ms.member_id = m.id and ms.role = 'moderator' and ms.state = 'active'
      ) as moderates
    ) a
    cross join lateral (
      select
        a.moderates
          and m.second_factor_since is null
          -- Demo accounts: their log-ins are rejected if other machines can reach the server.
          and coalesce(m.email not like '%@demo.example', true) as missing,
        coalesce(m.second_factor_by > :now, false) as grace
    ) f
    where s.token_hash = :token
      and s.expires_at > :now
      and (s.last_seen_at > :idleSince or not a.moderates)
      and (s.last_seen_at > :sharedIdleSince or not s.shared)
      and m.closed_at is null
  `,
);
const touch = statement<{ sessionId: string; now: Date }, object>(
  'accounts.session-touch',
  'update sessions set last_seen_at = :now where id = :sessionId',
);
const open = statement<
  { token: Buffer; memberId: string; device: string; shared: boolean; now: Date; until: Date },
  object
>(
  'accounts.session-open',
  `
    insert into sessions (token_hash, member_id, device, created_at, last_seen_at, expires_at,
      reauthenticated_at, shared)
    values (:token, :memberId, :device, :now, :now, :until, :now, :shared)
  `,
);
const reauthenticated = statement<{ id: string; token: Buffer; now: Date }, object>(
  'accounts.session-reauthenticated',
  'update sessions set reauthenticated_at = :now, token_hash = :token where id = :id',
);
const share = statement<{ id: string; until: Date }, object>(
  'accounts.session-share',
  `
    update sessions
    set shared = true, expires_at = least(expires_at, :until)
    where id = :id
  `,
);
const close = statement<{ token: Buffer }, object>(
  'accounts.session-close',
  'delete from sessions where token_hash = :token',
);
const closeOne = statement<{ memberId: string; id: string }, object>(
  'accounts.session-close-one',
  'delete from sessions where member_id = :memberId and id = :id',
);
const closeOthers = statement<{ memberId: string; except: string }, object>(
  'accounts.session-close-others',
  'delete from sessions where member_id = :memberId and id <> :except returning id',
);
const listed = statement<{ memberId: string; now: Date }, OpenSession>(
  'accounts.sessions',
  `
    select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from sessions
    where member_id = :memberId and expires_at > :now
    order by last_seen_at desc, id desc
  `,
);

/** Sessions. The cookie contains a random token; the table contains its digest. */
@Injectable()
export class Sessions {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async viewerOf(token: string): Promise<Viewer | null> {
    const now = this.clock.now();
    const idleSince = later(now, -this.config.STAFF_IDLE_MINUTES * MINUTE);
    const sharedIdleSince = later(now, -SHARED_IDLE_MINUTES * MINUTE);
    const session = await this.sql.first(find, {
      token: hashToken(token),
      now,
      idleSince,
      sharedIdleSince,
    });
    if (session === null) return null;
    // A database that cannot be written to can still be read.
    if (session.stale)
      await this.sql.rows(touch, { sessionId: session.sessionId, now }).catch((error: unknown) => {
        if (!isDatabaseUnwritable(error)) throw error;
      });
    return session;
  }

  /** @returns the token for the cookie */
  async open(memberId: string, device: string, shared: boolean): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.sql.rows(open, {
      token: hashToken(token),
      memberId,
      device,
      shared,
      now,
      until: later(now, shared ? SHARED_HOURS * HOUR : SESSION_DAYS * DAY),
    });
    return token;
  }

  /**
   * Records that the owner proved their identity again.
   * @returns a new token; the previous one is void
   */
  async reauthenticate(id: string): Promise<string> {
    const token = newToken();
    await this.sql.rows(reauthenticated, { id, token: hashToken(token), now: this.clock.now() });
    return token;
  }

  /** Marks the session as on a shared device: it then expires the same day, and soon when idle. */
  async share(id: string): Promise<void> {
    await this.sql.rows(share, { id, until: later(this.clock.now(), SHARED_HOURS * HOUR) });
  }

  async end(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.sql.rows(close, { token: hashToken(token) });
  }

  async endOne(memberId: string, id: string): Promise<void> {
    await this.sql.rows(closeOne, { memberId, id });
  }

  async endOthers(memberId: string, except: string): Promise<void> {
    await this.sql.rows(closeOthers, { memberId, except });
  }

  /**
   * Ends all of a member's sessions except one, and all access tokens.
   * @returns number of ended sessions
   */
  async endIn(tx: Tx, memberId: string, except = NONE): Promise<number> {
    await this.sql.rowsIn(tx, revokeTokens, { memberId, now: this.clock.now() });
    return (await this.sql.rowsIn(tx, closeOthers, { memberId, except })).length;
  }

  /**
   * Ends everybody's sessions and access tokens.
   * @returns number of ended sessions
   */
  async endAllIn(tx: Tx): Promise<number> {
    await this.sql.rowsIn(tx, revokeTokens, { memberId: null, now: this.clock.now() });
    return executeIn(tx, 'delete from sessions');
  }

  list(memberId: string): Promise<OpenSession[]> {
    return this.sql.rows(listed, { memberId, now: this.clock.now() });
  }
}
