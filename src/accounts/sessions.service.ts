import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { hashToken, newToken } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';

export const SESSION_DAYS = 30;

export interface OpenSession {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

interface Found extends Viewer {
  stale: boolean;
}

const find = statement<Found>(
  'accounts.session',
  `
    select s.id as "sessionId", s.last_seen_at < $2::timestamptz - interval '15 minutes' as stale,
      m.id as "memberId", m.handle::text, m.role, m.avatar_seed as "avatarSeed",
          m.email_verified_at is not null as verified, m.locale, m.country,
            m.time_zone as "timeZone", case
            when m.break_until > $2 then m.break_until end as "breakUntil",
          case
            when m.read_only_until > $2 then m.read_only_until end as "readOnlyUntil", case
            when m.suspended_until > $2 then m.suspended_until end as "suspendedUntil",
          m.role <> 'member'
            or exists (select 1
              from memberships ms
              where ms.member_id = m.id
                and ms.role = 'moderator'
                and ms.state = 'active') as moderates,
          (select count(*)::int
            from (select 1
              from notices n
              where n.member_id = m.id and n.read_at is null
              limit 100) u) as unread
   from sessions s join members m on m.id = s.member_id
   where s.token_hash = $1 and s.expires_at > $2 and m.closed_at is null`,
);
const touch = statement(
  'accounts.session-touch',
  'update sessions set last_seen_at = $2, expires_at = $3 where id = $1',
);
const open = statement(
  'accounts.session-open',
  `
    insert into sessions (token_hash, member_id, device, created_at, last_seen_at, expires_at)
    values ($1, $2, $3, $4, $4, $5)
  `,
);
const close = statement('accounts.session-close', 'delete from sessions where token_hash = $1');
const closeOne = statement(
  'accounts.session-close-one',
  'delete from sessions where member_id = $1 and id = $2',
);
const closeOthers = statement(
  'accounts.session-close-others',
  'delete from sessions where member_id = $1 and id <> $2',
);
const listed = statement<OpenSession>(
  'accounts.sessions',
  `
    select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from sessions
    where member_id = $1 and expires_at > $2
    order by last_seen_at desc, id desc
  `,
);

/** Who is signed in where. The cookie holds a random token; the table its digest. */
@Injectable()
export class Sessions {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async viewerOf(token: string): Promise<Viewer | null> {
    const now = this.clock.now();
    const found = await this.sql.first(find, [hashToken(token), now]);
    if (found === null) return null;
    if (found.stale)
      await this.sql.rows(touch, [found.sessionId, now, later(now, SESSION_DAYS * DAY)]);
    return found;
  }

  /** @returns the token for the cookie */
  async open(memberId: string, device: string): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.sql.rows(open, [
      hashToken(token),
      memberId,
      device,
      now,
      later(now, SESSION_DAYS * DAY),
    ]);
    return token;
  }

  async end(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.sql.rows(close, [hashToken(token)]);
  }

  async endOne(memberId: string, id: string): Promise<void> {
    await this.sql.rows(closeOne, [memberId, id]);
  }

  /** @param except the session that stays; '0' ends all */
  async endOthers(memberId: string, except: string): Promise<void> {
    await this.sql.rows(closeOthers, [memberId, except]);
  }

  list(memberId: string): Promise<OpenSession[]> {
    return this.sql.rows(listed, [memberId, this.clock.now()]);
  }
}
