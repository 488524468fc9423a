import { statement } from '../kernel/sql.js';

/** The delivery that a bounce is about, by its tag or key. */
export const findDelivery = statement<
  { mark: string | null; key: string | null },
  { deliveryKey: string; memberId: string; sentAt: Date }
>(
  'mail.delivery',
  `
    select key as "deliveryKey", member_id as "memberId", created_at as "sentAt"
    from mail_deliveries
    where (mark = :mark or key = :key) and member_id is not null
  `,
);

/**
 * A report that arrives again after its rejection was identified as a wave remains part of the
 * wave.
 */
export const recordBounce = statement<
  {
    deliveryKey: string;
    kind: string;
    memberId: string;
    code: string | null;
    refusal: string | null;
    domainDigest: string | null;
    now: Date;
  },
  { kind: string }
>(
  'mail.record-bounce',
  `
    insert into mail_bounces (delivery_key, kind, member_id, code, refusal, domain_mark, heard_at)
    select :deliveryKey, :kind, :memberId, :code, :refusal, :domainDigest, :now
    where :kind <> 'hard'
      or not exists (select 1
        from mail_bounces x
        where x.delivery_key = :deliveryKey and x.kind = 'sender')
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

/** Suppresses a member's email, unless the suppression was lifted after the email was sent. */
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

/** How many emails within a time were rejected with the same text, and by how many domains. */
export const waveSize = statement<
  { refusal: string; since: Date },
  { refused: number; domains: number }
>(
  'mail.wave-size',
  `
    select count(*)::int as refused, count(distinct b.domain_mark)::int as domains
    from mail_bounces b
    join mail_deliveries d on d.key = b.delivery_key
    where b.refusal = :refusal
      and b.heard_at > :since
      and b.kind in ('hard', 'sender')
      and d.created_at > :since
  `,
);

export const recentEmails = statement<{ since: Date }, { count: number }>(
  'mail.recent-emails',
  `
    select count(*)::int as count
    from mail_deliveries
    where created_at > :since and state in ('sent', 'refused')
  `,
);

/** Lifts the suppressions that a wave caused; late reports of it cause none again. */
export const resumeAfterWave = statement<
  { refusal: string; since: Date; now: Date },
  { memberId: string }
>(
  'mail.lift-wave',
  `
    update mail_suppressions s
    set lifted_at = :now
    where s.lifted_at is null
      and s.reason = 'hard'
      and s.since > :since
      and exists (select 1
        from mail_bounces b
        where b.member_id = s.member_id
          and b.refusal = :refusal
          and b.kind = 'hard'
          and b.heard_at > :since)
    returning s.member_id as "memberId"
  `,
);

export const reclassifyWave = statement<{ refusal: string; since: Date }, object>(
  'mail.reclassify-wave',
  `
    update mail_bounces b
    set kind = 'sender'
    where b.refusal = :refusal
      and b.kind = 'hard'
      and b.heard_at > :since
      and not exists (select 1
        from mail_bounces x
        where x.delivery_key = b.delivery_key and x.kind = 'sender')
  `,
);
