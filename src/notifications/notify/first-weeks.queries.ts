import { statement } from '../../kernel/sql.js';

/** Visits that have lasted a week and whose member has no notice of it yet. */
export const visitsOfAWeek = statement<
  { beganBefore: Date; now: Date },
  { memberId: string; subjectId: string }
>(
  'notifications.first-weeks',
  `
    select s.member_id as "memberId", s.community_id as "subjectId"
    from memberships s
    join members m on m.id = s.member_id
    where s.state = 'visiting'
      and s.joined_at <= :beganBefore
      and s.expires_at > :now
      and (m.break_until is null or m.break_until < :now)
      and not exists (select 1
        from notices n
        where n.member_id = s.member_id and n.kind = 'first-week' and n.subject_id = s.community_id)
    order by s.member_id, s.community_id
    limit 5000
  `,
);
