import { statement } from '../../kernel/sql.js';
import type { ModeratedHours } from '../../review/moderated-hours.js';
import type { Shift } from './shift-times.js';

export interface ShiftRow extends Shift {
  handle: string;
  staff: boolean;
  mine: boolean;
  /** Somebody else entered it. */
  enteredBy: string | null;
}

/**
 * Colleagues: staff, and whoever looks after a place that the viewer looks after; for staff
 * everybody. @param m alias of `members`
 */
export function colleague(m: string, viewer: string, staff: string): string {
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

/** $1 viewer, $2 staff, $3 from, $4 to */
export const shiftsBetween = statement<ShiftRow>(
  'moderation.shifts',
  `
    select s.id, s.member_id as "memberId", s.duty, s.starts_at as "from", s.ends_at as "to",
      m.handle::text, m.role <> 'member' as staff, s.member_id = $1 as mine, case
      when s.entered_by <> s.member_id then e.handle::text end as "enteredBy"
   from shifts s
   join members m on m.id = s.member_id and m.closed_at is null
   left join members e on e.id = s.entered_by
   where s.ends_at > $3 and s.starts_at < $4 and ${colleague('m', '$1', '$2')}
   order by s.starts_at, s.id
   limit 500`,
);

export interface CoveredPlace {
  name: string;
  hours: ModeratedHours;
  moderators: string[];
}

/** Places that the viewer looks after, and who else does. $1 viewer, $2 staff, $3 how many */
export const coveredPlaces = statement<CoveredPlace>(
  'moderation.covered-places',
  `
    select c.name, c.hours,
      coalesce((select array_agg(x.member_id::text)
        from memberships x
        where x.community_id = c.id and x.role = 'moderator' and x.state = 'active'),
        '{}') as moderators
   from communities c
   where c.archived_at is null
     and ($2
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = $1
           and s.role = 'moderator'
           and s.state = 'active'))
   order by c.name
   limit $3`,
);

/** Somebody who can be entered: whoever moderates anything. $1 handle */
export const moderatorNamed = statement<{ id: string }>(
  'moderation.moderator-named',
  `
    select m.id
    from members m
    where m.handle = $1::citext
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

/** What colleagues left for whoever comes next. $1 viewer, $2 staff, $3 since */
export const handovers = statement<HandoverRow>(
  'moderation.handovers',
  `
    select h.body, m.handle::text as who, h.created_at as at
    from handovers h
    join members m on m.id = h.author_id and m.closed_at is null
   where h.created_at > $3
     and h.author_id <> $1
     and ${colleague('m', '$1', '$2')}
     and ($2 or m.role = 'member')
   order by h.id desc
   limit 5`,
);

export interface AskedRow {
  id: string;
  who: string;
  at: Date;
}

/** Who asked for a talk; never why or after which case. $1 viewer, $2 staff */
export const askedDebriefs = statement<AskedRow>(
  'moderation.asked-debriefs',
  `
    select d.id, m.handle::text as who, d.asked_at as at
    from debriefs d
    join members m on m.id = d.member_id and m.closed_at is null
   where d.done_at is null and d.member_id <> $1 and ${colleague('m', '$1', '$2')}
   order by d.id
   limit 50`,
);
