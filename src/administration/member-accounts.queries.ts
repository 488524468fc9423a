import { statement } from '../kernel/sql.js';

export interface MemberAccountRow {
  id: string;
  handle: string;
  joinedAt: Date;
  hasAddress: boolean;
  verified: boolean;
  /** They said that email is not safe for them. */
  mailUnsafe: boolean;
  /** Why the address is suppressed; null if it is not. */
  stopped: string | null;
  stoppedSince: Date | null;
}

/** An open account, without its address or anything its owner wrote. */
export const memberAccount = statement<{ handle: string }, MemberAccountRow>(
  'administration.member-account',
  `
    select m.id, m.handle::text, m.created_at as "joinedAt", m.email is not null as "hasAddress",
      m.email_verified_at is not null as verified,
      m.mail_safe is not distinct from 'no' as "mailUnsafe",
      x.reason as stopped, x.since as "stoppedSince"
    from members m
    left join mail_suppressions x on x.member_id = m.id and x.lifted_at is null
    where m.handle = :handle::citext
      and m.closed_at is null
  `,
);

export const memberByMail = statement<{ email: string }, { id: string; handle: string }>(
  'administration.member-by-mail',
  `
    select id, handle::text
    from members
    where email = :email::citext
      and closed_at is null
  `,
);
