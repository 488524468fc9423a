/**
 * Who may see what, as SQL, in one place. The fragments expect the aliases they are given and two parameters: the viewer's id
 * (null for a guest) and whether the viewer is staff.
 */

/** The viewer's active membership `m` of community `c`. */
export function joinMembership(c: string, m: string, viewer: string): string {
  return `left join memberships ${m} on ${m}.community_id = ${c}.id and ${m}.member_id = ${viewer} and ${m}.state = 'active'`;
}

/** Threads of a public community are everybody's; others belong to their members and to staff. */
export function mayRead(c: string, m: string, staff: string): string {
  return `(${c}.visibility = 'public' or ${m}.member_id is not null or ${staff})`;
}

/** A thread that stands for all; one that is held, hidden or taken back is its author's and the moderators' alone. */
export function threadStands(t: string, opener: string, viewer: string, moderates: string): string {
  return `(${t}.status = 'published' or ${opener} = ${viewer} or ${moderates})`;
}

/** A post that stands for all; what is held is its author's and the moderators' alone. */
export function stands(row: string, author: string, viewer: string, moderates: string): string {
  return `(${row}.status in ('published', 'withdrawn', 'removed') or ${author} = ${viewer} or ${moderates})`;
}

/**
 * Whether post `p` is by somebody the viewer blocked. A block of a handle never touches posts under an alias, else it would
 * tell whose they are; an alias is blocked as itself.
 */
export function blocked(p: string, viewer: string): string {
  return `(case when ${p}.alias_id is null
    then exists (select 1 from blocks b where b.member_id = ${viewer} and b.blocked_id = ${p}.author_id)
    else exists (select 1 from alias_blocks b where b.member_id = ${viewer} and b.alias_id = ${p}.alias_id) end)`;
}
