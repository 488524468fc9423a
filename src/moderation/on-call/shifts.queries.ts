import { statement } from '../../kernel/sql.js';
import type { ModeratedHours } from '../../review/moderated-hours.js';
import type { Shift } from './shift-times.js';

export interface ShiftRow extends Shift {
  handle: string;
  staff: boolean;
  mine: boolean;
  /** The member who entered the shift, if not its owner. */
  enteredBy: string | null;
}

/**
 * SQL condition for colleagues: staff and members who moderate a community that the viewer
 * moderates; for staff, everybody.
 * @param m alias of `members`
 * @param viewer parameter with the viewer's id
 * @param staff parameter that says whether the viewer is staff
 */
export function isColleagueSql(m: string, viewer: string, staff: string): string {
  return `
    (${staff}
      or ${m}.id = ${viewer}
      or ${m}.role <> 'member'
      or exists (select 1
        from memberships x
        join memberships y on y.community_id = x.community_id
          and y.member_id = ${viewer}
          and y.role = 'moderator'
          and y.state = 'active'
    where x.member_id = ${m}.id and x.role = 'moderator' and x.state = 'active'))`;
}

/** Colleagues' shifts that overlap a span, earliest first. */
export const shiftsBetween = statement<
  { viewerId: string; isStaff: boolean; from: Date; to: Date },
  ShiftRow
>(
  'moderation.shifts',
  `
    select s.id, s.member_id as "memberId", s.duty, s.starts_at as "from", s.ends_at as "to",
      m.handle::text, m.role <> 'member' as staff, s.member_id = :viewerId as mine, case
      when s.entered_by <> s.member_id then e.handle::text end as "enteredBy"
   from shifts s
   join members m on m.id = s.member_id and m.closed_at is null
   left join members e on e.id = s.entered_by
   where s.ends_at > :from and s.starts_at < :to and ${isColleagueSql('m', ':viewerId', ':isStaff')}
   order by s.starts_at, s.id
   limit 500`,
);

export interface ModeratedCommunity {
  name: string;
  hours: ModeratedHours;
  moderators: string[];
}

/** Communities that the viewer moderates, and all of their moderators. */
export const moderatedCommunities = statement<
  { viewerId: string; isStaff: boolean; limit: number },
  ModeratedCommunity
>(
  'moderation.covered-places',
  `
    select c.name, c.hours,
      coalesce((select array_agg(x.member_id::text)
        from memberships x
        where x.community_id = c.id and x.role = 'moderator' and x.state = 'active'),
        '{}') as moderators
   from communities c
   where c.archived_at is null
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
   order by c.name
   limit :limit`,
);

/** A member who can be given a shift: anybody who moderates something. */
export const moderatorNamed = statement<{ handle: string }, { id: string }>(
  'moderation.moderator-named',
  `
    select m.id
    from members m
    where m.handle = :handle::citext
      and m.closed_at is null
      and (m.role <> 'member'
        or exists (select 1
          from memberships s
          where s.member_id = m.id and s.role = 'moderator' and s.state = 'active'))
  `,
);

export interface HandoverRow {
  body: string;
  who: string;
  at: Date;
}

/** Colleagues' handover notes. */
export const handovers = statement<
  { viewerId: string; isStaff: boolean; since: Date },
  HandoverRow
>(
  'moderation.handovers',
  `
    select h.body, m.handle::text as who, h.created_at as at
    from handovers h
    join members m on m.id = h.author_id and m.closed_at is null
   where h.created_at > :since
     and h.author_id <> :viewerId
     and ${isColleagueSql('m', ':viewerId', ':isStaff')}
     and (:isStaff or m.role = 'member')
   order by h.id desc
   limit 5`,
);

export interface DebriefRequestRow {
  id: string;
  who: string;
  at: Date;
}

/** Members who requested a debrief; never the reason or the case. */
export const debriefRequests = statement<{ viewerId: string; isStaff: boolean }, DebriefRequestRow>(
  'moderation.asked-debriefs',
  `
    select d.id, m.handle::text as who, d.asked_at as at
    from debriefs d
    join members m on m.id = d.member_id and m.closed_at is null
   where d.done_at is null
     and d.member_id <> :viewerId
     and ${isColleagueSql('m', ':viewerId', ':isStaff')}
   order by d.id
   limit 50`,
);
