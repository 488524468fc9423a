/**
 * SQL condition: whether the viewer may read the moderators' page of a member. Staff may for any
 * open account, other moderators for members of a community that they moderate; nobody for their
 * own.
 * @param m alias of `members`; the statement has the parameters `viewerId` and `isStaff`
 */
export function moderatedMember(m: string): string {
  return `
    (${m}.closed_at is null
      and ${m}.id <> :viewerId
      and (:isStaff
        or exists (select 1
          from memberships s
          join memberships o on o.community_id = s.community_id
            and o.member_id = :viewerId
            and o.role = 'moderator'
            and o.state = 'active'
          where s.member_id = ${m}.id and s.state = 'active')))
  `;
}

/** The path of a member's page for moderators. */
export function moderatedMemberPath(handle: string): string {
  return `/mod/members/${handle}`;
}
