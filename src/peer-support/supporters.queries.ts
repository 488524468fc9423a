import { statement } from '../kernel/sql.js';

export interface SupporterSettingsRow {
  state: 'asked' | 'active' | 'declined' | 'resting';
  why: string;
  steps: string[];
  capacity: number;
  offDutyUntil: Date | null;
}

export const ownSupporterSettings = statement<
  { communityId: string; memberId: string },
  SupporterSettingsRow
>(
  'belonging.own-supporting',
  `
    select s.state, s.why, s.steps, s.capacity, s.off_duty_until as "offDutyUntil"
    from supporters s
    where s.community_id = :communityId and s.member_id = :memberId
  `,
);

export interface SupporterRow extends SupporterSettingsRow {
  handle: string;
  askedAt: Date;
}

/** Members who offered support, longest waiting first, followed by the supporters. */
export const supportersOf = statement<{ communityId: string }, SupporterRow>(
  'belonging.supporters',
  `
    select m.handle::text as handle, coalesce(s.state, 'active') as state,
      coalesce(s.why, '') as why, coalesce(s.steps, '{}') as steps,
      coalesce(s.capacity, 3) as capacity, s.off_duty_until as "offDutyUntil",
      coalesce(s.asked_at, p.joined_at) as "askedAt"
   from memberships p
   join members m on m.id = p.member_id
   left join supporters s on s.community_id = p.community_id and s.member_id = p.member_id
   where p.community_id = :communityId
     and p.state = 'active'
     and m.closed_at is null
     and (s.state = 'asked' or p.role = 'supporter')
   order by s.state <> 'asked', s.asked_at, m.handle limit 200`,
);
