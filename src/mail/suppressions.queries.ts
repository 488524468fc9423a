import { statement } from '../kernel/sql.js';

/** The delivery that a bounce is about, by its mark or key. */
export const findDelivery = statement<
  { mark: string | null; key: string | null },
  { key: string; memberId: string; sentAt: Date }
>(
  'mail.delivery',
  `
    select key, member_id as "memberId", created_at as "sentAt"
    from mail_deliveries
    where (mark = :mark or key = :key) and member_id is not null
  `,
);

/** Records a bounce, once for each email and kind. */
export const recordBounce = statement<
  { key: string; kind: string; memberId: string; code: string | null; now: Date },
  { kind: string }
>(
  'mail.record-bounce',
  `
    insert into mail_bounces (delivery_key, kind, member_id, code, heard_at)
    values (:key, :kind, :memberId, :code, :now)
    on conflict
    do nothing
    returning kind
  `,
);
/** Soft bounces since a time, of emails sent after the address was last confirmed. */
export const softBounces = statement<{ memberId: string; since: Date }, { count: number }>(
  'mail.soft-bounces',
  `
    select count(*)::int as count
    from mail_bounces b
    join mail_deliveries d on d.key = b.delivery_key
    where b.member_id = :memberId
      and b.kind = 'soft'
      and b.heard_at > :since
      and d.created_at > coalesce(
        (select x.lifted_at
          from mail_suppressions x
          where x.member_id = :memberId),
        '-infinity')
  `,
);

/** Suppresses a member's mail, unless the suppression was lifted after the email was sent. */
export const suppressMail = statement<
  { memberId: string; reason: string; now: Date; sentAt: Date },
  { memberId: string }
>(
  'mail.suppress',
  `
    insert into mail_suppressions as s (member_id, reason, since)
    values (:memberId, :reason, :now)
    on conflict (member_id)
    do update set reason = excluded.reason, since = excluded.since, lifted_at = null
    where s.lifted_at is not null and s.lifted_at < :sentAt
    returning member_id as "memberId"
  `,
);

/** Lifts a suppression; also records the time for members without one. */
export const liftSuppression = statement<{ memberId: string; now: Date }, object>(
  'mail.lift',
  `
    insert into mail_suppressions (member_id, reason, since, lifted_at)
    values (:memberId, 'none', :now, :now)
    on conflict (member_id)
    do update set lifted_at = excluded.lifted_at
  `,
);
