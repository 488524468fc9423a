import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { isDatabaseUnwritable } from '../kernel/database-errors.js';
import { hashToken, newToken } from '../kernel/ids.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, Sql, statement } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { revokeTokens } from './access-tokens.queries.js';
import { currentSession, SESSION_COLUMNS, type SessionRow } from './current-session.js';
import { joinViewer } from './viewer-columns.js';

/** Lifetime since the log-in, regardless of activity. */
export const SESSION_DAYS = 30;
/** An id that no session has. */
const NONE = '0';
/** Total lifetime on a shared device. */
const SHARED_HOURS = 8;

export interface OpenSession {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

const find = statement<{ token: Buffer; now: Date }, SessionRow>(
  'accounts.session',
  `
    select ${SESSION_COLUMNS}
    from sessions s
    ${joinViewer('s.member_id')}
    where s.token_hash = :token and s.expires_at > :now and m.closed_at is null
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
    const row = await this.sql.first(find, { token: hashToken(token), now });
    const session = row === null ? null : currentSession(row, now, this.config.STAFF_IDLE_MINUTES);
    if (session === null) return null;
    const { viewer } = session;
    // A database that cannot be written to can still be read.
    if (session.stale)
      await this.sql.rows(touch, { sessionId: viewer.sessionId, now }).catch((error: unknown) => {
        if (!isDatabaseUnwritable(error)) throw error;
      });
    return viewer;
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
