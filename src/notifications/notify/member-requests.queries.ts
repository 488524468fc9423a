import { statement } from '../../kernel/sql.js';

/** Time of the newest pending request to join or to become a supporter; null if there is none. */
export const newestRequest = statement<{ communityId: string }, { at: Date | null }>(
  'notifications.newest-member-request',
  `
    select greatest(
      (select max(s.joined_at)
        from memberships s
        where s.community_id = :communityId and s.state = 'asked'),
      (select max(s.asked_at)
        from supporters s
        where s.community_id = :communityId and s.state = 'asked')) as at
  `,
);

/** The moderators of the community, or of the site if it has none. */
export const requestModerators = statement<{ communityId: string }, { memberId: string }>(
  'notifications.request-moderators',
  `
    with own as (select s.member_id as id
      from memberships s
      join members m on m.id = s.member_id and m.closed_at is null
      where s.community_id = :communityId and s.role = 'moderator' and s.state = 'active')
    select id as "memberId"
    from own
    union all
    select m.id
    from members m
    where m.role <> 'member' and m.closed_at is null and not exists (select 1 from own)
    order by 1
  `,
);
