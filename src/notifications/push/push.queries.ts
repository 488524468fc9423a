import { statement } from '../../kernel/sql.js';
import { isAvailableSql, MAIL_KIND, NOTIFIABLE, POST_JOINS } from '../email/mail-eligibility.js';
import { frequencyOf } from '../preferences/mail-choices.js';
import type { PushLoad } from './push-time.js';

/** SQL condition: the session `e` of subscription `x` is current and not on a shared device. */
const LIVE = 'e.expires_at > :now and not e.shared';

export interface DeviceRow {
  id: string;
  device: string;
  createdAt: Date;
  sessionId: string;
}

export const devicesOf = statement<{ memberId: string; now: Date }, DeviceRow>(
  'notifications.push-devices',
  `
    select x.id, x.device, x.created_at as "createdAt", x.session_id as "sessionId"
    from push_subscriptions x
    join sessions e on e.id = x.session_id
    where x.member_id = :memberId and ${LIVE}
    order by x.id
    limit 100
  `,
);

/** Upserts a browser for the member who is logged in there now. */
export const subscribe = statement<
  { memberId: string; sessionId: string; endpoint: string; device: string; now: Date },
  object
>(
  'notifications.push-subscribe',
  `
    insert into push_subscriptions (member_id, session_id, endpoint, device, created_at, notified_at)
    select e.member_id, e.id, :endpoint, :device, :now, :now
    from sessions e
    where e.id = :sessionId and e.member_id = :memberId and ${LIVE}
    on conflict (endpoint) do update
    set member_id = excluded.member_id, session_id = excluded.session_id,
      device = excluded.device, created_at = excluded.created_at,
      notified_at = excluded.notified_at
  `,
);

/** Deletes the oldest if there are too many. */
export const trim = statement<{ memberId: string; most: number }, object>(
  'notifications.push-trim',
  `
    delete from push_subscriptions
    where id in (
      select id
      from push_subscriptions
      where member_id = :memberId
      order by id desc
      offset :most
    )
  `,
);

export const unsubscribe = statement<{ memberId: string; id: string }, { id: string }>(
  'notifications.push-unsubscribe',
  'delete from push_subscriptions where id = :id and member_id = :memberId returning id',
);

export interface CandidateRow extends PushLoad {
  memberId: string;
}

/**
 * Members with a subscribed browser and something unread that they chose to be notified of
 * immediately and that is newer than the last notification, in the order of their ids.
 */
export const candidates = statement<{ now: Date; after: string; limit: number }, CandidateRow>(
  'notifications.push-candidates',
  `
    select m.id as "memberId", m.time_zone as "timeZone", s.quiet_from as "quietFrom",
      s.quiet_to as "quietTo", s.paused_until as "pausedUntil", s.pushed_at as "pushedAt",
      exists (
        select 1
        from notices o
        where o.member_id = m.id and o.read_at is null and o.created_at <= s.pushed_at
      ) as unseen
    from members m
    left join mail_settings s on s.member_id = m.id
    where m.id > :after
      and ${isAvailableSql(':now')}
      and exists (
        select 1
        from push_subscriptions x
        join sessions e on e.id = x.session_id
        where x.member_id = m.id and ${LIVE}
      )
      and exists (
        select 1
        from notices n
        ${POST_JOINS}
        where n.member_id = m.id
          and n.read_at is null
          and (s.pushed_at is null or n.created_at > s.pushed_at)
          and ${frequencyOf(MAIL_KIND, 'm.id', 'c.id', 'm.mail_safe')} = 'at-once'
          and ${NOTIFIABLE}
      )
    order by m.id
    limit :limit
  `,
  'pooled',
);

/** Commits to notifying a member. Returns no row if another run did so meanwhile. */
export const decide = statement<
  { memberId: string; pushedAt: Date | null; now: Date },
  { memberId: string }
>(
  'notifications.push-decide',
  `
    insert into mail_settings as s (member_id, pushed_at)
    values (:memberId, :now)
    on conflict (member_id) do update
    set pushed_at = excluded.pushed_at
    where s.pushed_at is not distinct from :pushedAt
    returning s.member_id as "memberId"
  `,
);

export interface PendingRow {
  id: string;
  endpoint: string;
  decidedAt: Date;
}

/**
 * Browsers that have not been sent the notification that was decided for their member since then.
 */
export const pending = statement<{ now: Date; since: Date; limit: number }, PendingRow>(
  'notifications.push-pending',
  `
    select x.id, x.endpoint, s.pushed_at as "decidedAt"
    from push_subscriptions x
    join sessions e on e.id = x.session_id
    join mail_settings s on s.member_id = x.member_id
    where s.pushed_at > :since and x.notified_at < s.pushed_at and ${LIVE}
    order by x.id
    limit :limit
  `,
  'pooled',
);

export const markSent = statement<{ id: string; decidedAt: Date }, object>(
  'notifications.push-sent',
  'update push_subscriptions set notified_at = :decidedAt where id = :id',
);

/** Deletes a browser that has unsubscribed. */
export const deleteSubscription = statement<{ id: string }, object>(
  'notifications.push-drop',
  'delete from push_subscriptions where id = :id',
);
