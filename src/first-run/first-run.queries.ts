import { statement } from '../kernel/sql.js';

export interface FirstRunRow {
  communities: number;
  /** Number of shifts that have not ended. */
  shifts: number;
  /** Number of people other than the viewer who may moderate. */
  others: number;
  /** The state of the viewer's newest test email; null if there is none. */
  testState: string | null;
  testCode: number | null;
  testAskedAt: Date | null;
}

export const firstRunFacts = statement<{ memberId: string; now: Date }, FirstRunRow>(
  'first-run.facts',
  `
    select
      (select count(*)::int from communities where archived_at is null) as communities,
      (select count(*)::int from shifts where ends_at > :now) as shifts,
      (
        select count(*)::int
        from members
        where role in ('moderator', 'admin')
          and closed_at is null
          and id <> :memberId
      ) as others,
      d.state as "testState", d.code as "testCode", d.created_at as "testAskedAt"
    from (select 1) one
    left join lateral (
      select state, code, created_at
      from mail_deliveries
      where member_id = :memberId
        and key like 'test-mail:%'
      order by created_at desc
      limit 1
    ) d on true
  `,
  'pooled',
);

export const testMailAddressee = statement<
  { memberId: string },
  { email: string; locale: string | null }
>(
  'first-run.addressee',
  `
    select email::text, locale
    from members
    where id = :memberId
      and email is not null
      and closed_at is null
  `,
);
