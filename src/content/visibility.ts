/**
 * Visibility rules as SQL, in one place. The fragments take table aliases and two parameters: the
 * viewer's id (null for a guest) and whether the viewer is staff.
 */

/**
 * Whether membership `m` lets its holder read: a member, or a visitor whose visit has not ended.
 * Uses the database's clock, so that a visit ends exactly on time, whether or not the job that
 * deletes ended visits has run.
 */
export function isMemberOrVisitorSql(m: string): string {
  return `(${m}.state = 'active' or (${m}.state = 'visiting' and ${m}.expires_at > now()))`;
}

/**
 * Joins the viewer's membership or current visit `m` in community `c`. A visitor is not a member:
 * see `joined`.
 */
export function joinMembership(c: string, m: string, viewer: string): string {
  return `
    left join memberships ${m} on ${m}.community_id = ${c}.id
      and ${m}.member_id = ${viewer}
      and ${isMemberOrVisitorSql(m)}
  `;
}

/** Whether `m` is a membership, which permits writing; false for guests and visitors. */
export function joined(m: string): string {
  return `coalesce(${m}.state = 'active', false)`;
}

/** Whether the viewer may read a community: public, or their own; staff may read all. */
export function mayRead(c: string, m: string, staff: string): string {
  return `(${c}.visibility = 'public' or ${m}.member_id is not null or ${staff})`;
}

/**
 * Whether the viewer moderates the community of membership `m`, as staff or as its moderator.
 * @param mayModerate SQL: whether the viewer may use moderator rights
 */
export function moderatesPlace(m: string, staff: string, mayModerate: string): string {
  return `(${staff} or (${mayModerate} and coalesce(${m}.role = 'moderator', false)))`;
}

/**
 * Whether member `m` has a demo account; null without an address. This is compared as text, because
 * PostgreSQL looks an operator of citext up by name for each execution, among three thousand
 * functions.
 */
export function isDemoSql(m: string): string {
  return `${m}.email::text ilike '%@demo.example'`;
}

/**
 * Whether member `m` may use moderator rights: with a second factor, within the grace period for
 * adding one, or on a demo account, which cannot log in if other machines can reach the server.
 */
export function secondFactorSuffices(m: string): string {
  return `
    (${m}.second_factor_since is not null
      or ${m}.second_factor_by > now()
      or ${isDemoSql(m)})
  `;
}

/**
 * False if community `c` is not public and the viewer is suspended: a suspended account reads only
 * public communities, in lists too.
 */
export function notPaused(c: string, viewer: string): string {
  return `
    (${c}.visibility = 'public'
      or not exists (select 1
        from members pv
        where pv.id = ${viewer} and pv.suspended_until > now()))
  `;
}

/**
 * Who can read a post, from the widest audience to the narrowest. `visitors` stands for a
 * members-only community that allows visits.
 */
export const READERS = ['search-engines', 'everybody', 'visitors', 'members'] as const;
export type Readers = (typeof READERS)[number];

/**
 * Whether search engines may index thread `t`. Threads from before the community allowed it, and
 * those moved from a community that did not, are excluded: that was promised to their authors.
 */
export function searchable(c: string, t: string): string {
  return `coalesce(${t}.created_at >= ${c}.search_engines_since and not ${t}.unindexed, false)`;
}

/** The `Readers` of post `p` in thread `t` with opening `o`. */
export function readersOf(c: string, t: string, o: string, p: string): string {
  return `case
    when ${o}.members_only or ${p}.members_only then 'members'
    when ${c}.visibility = 'members' and ${c}.visits_allowed then 'visitors'
    when ${c}.visibility <> 'public' then 'members'
    when ${searchable(c, t)} then 'search-engines'
    else 'everybody' end`;
}

/**
 * The title that its author gave to thread `t`, for the author and moderators. Other readers get a
 * neutral title while the opening is held, hidden or removed.
 */
export function titleForAuthorSql(t: string): string {
  return `coalesce(${t}.withheld_title, ${t}.title)`;
}

/** SQL conditions about the opening of a thread; null or false if it has none. */
export interface OpeningSql {
  /** The viewer wrote it. */
  own: string;
  /** Only members see it. */
  membersOnly: string;
}

// For statements that do not join the opening.
function lookedUpOpening(t: string, viewer: string): OpeningSql {
  return {
    own: `
      exists (select 1
        from posts ko
        where ko.thread_id = ${t}.id and ko.number = 1 and ko.author_id = ${viewer})`,
    membersOnly: `
      exists (select 1
        from posts kl
        where kl.thread_id = ${t}.id and kl.number = 1 and kl.members_only)`,
  };
}

/**
 * The title of thread `t` in community `c`, for lists of the viewer's own posts: empty if the
 * thread is somebody else's and the viewer can no longer open it. The viewer's own posts are still
 * listed.
 * @param opening its opening, where it is joined anyway
 */
export function titleFor(
  t: string,
  c: string,
  viewer: string,
  opening: OpeningSql = lookedUpOpening(t, viewer),
): string {
  return `
    case when ${opening.own}
      then ${titleForAuthorSql(t)}
      when (${t}.status = 'published'
        and ${c}.visibility = 'public'
        and (${opening.membersOnly}) is not true)
    or exists (select 1
      from members kv
      left join memberships km on km.member_id = kv.id and km.community_id = ${c}.id
               where kv.id = ${viewer}
                 and coalesce(kv.suspended_until <= now(), true)
                 and ((kv.role <> 'member' and ${secondFactorSuffices('kv')})
                   or ${isMemberOrVisitorSql('km')}
                   and (${t}.status = 'published'
                     or (km.role = 'moderator' and ${secondFactorSuffices('kv')}))))
    then ${t}.title else '' end`;
}

/**
 * Whether the viewer is in the audience of post `p`. A members-only post is readable by members of
 * its community and staff, not by visitors or other accounts. A suspended account loses access to
 * members-only content.
 * @param community SQL: the id of the post's community
 */
export function inAudience(p: string, community: string, viewer: string): string {
  return `
    (not ${p}.members_only
      or exists (select 1
        from members av
        where av.id = ${viewer}
          and coalesce(av.suspended_until <= now(), true)
          and ((av.role <> 'member' and ${secondFactorSuffices('av')})
            or exists (select 1
              from memberships am
              where am.community_id = ${community}
                and am.member_id = av.id
                and am.state = 'active'))))
  `;
}

/** Whether thread `t` is the viewer's own and held: they may still read the replies in it. */
export function isOwnHeldSql(t: string, viewer: string): string {
  return `
    (${t}.status = 'held'
      and exists (select 1
        from posts ho
        where ho.thread_id = ${t}.id and ho.number = 1 and ho.author_id = ${viewer}))
  `;
}

/**
 * Whether the viewer blocked the author of post `p`. A block of a handle does not apply to posts
 * under an alias, because it would reveal whose they are; an alias is blocked separately.
 */
export function blocked(p: string, viewer: string): string {
  return `(case when ${p}.alias_id is null
    then exists (select 1
      from blocks b
      where b.member_id = ${viewer} and b.blocked_id = ${p}.author_id)
    else exists (select 1
      from alias_blocks b
      where b.member_id = ${viewer} and b.alias_id = ${p}.alias_id) end)`;
}

/**
 * Whether the viewer muted the content of post `p` in thread `t`: a content note (the author's or a
 * moderator's) or a word. Lists, search, notices and digests omit it; in a thread the post is
 * collapsed and its text is not sent.
 */
export function unwanted(p: string, t: string, viewer: string): string {
  return muted(p, `case when ${p}.number = 1 then ${t}.title end, `, viewer);
}

/** Like `unwanted` for post `p` only, if the thread's title is checked elsewhere. */
export function unwantedPost(p: string, viewer: string): string {
  return muted(p, '', viewer);
}

// What they muted is read once for all posts of a list, hence the subqueries without the post.
function muted(p: string, title: string, viewer: string): string {
  const text = `concat_ws(' | ', ${title}${p}.summary, ${p}.body)`;
  return `
    (coalesce(${p}.content_warnings || ${p}.added_notes && (select array_agg(nc.note)
      from note_choices nc
      where nc.member_id = ${viewer} and nc.choice = 'hide'), false)
    or ${holdsMutedWord(text, viewer)})`;
}

/** Whether a text holds a word that the viewer muted. It is folded once, if there are any. */
export function holdsMutedWord(text: string, viewer: string): string {
  const words = `(select array_agg(form)
      from muted_words mw
      cross join unnest(mw.forms) form
      where mw.member_id = ${viewer})`;
  return `case when ${words} is null then false else holds_muted_word(${text}, ${words}) end`;
}

/** Whether the viewer chose to see posts with each of these notes uncollapsed. */
export function notesOpen(p: string, viewer: string): string {
  return `
    (${p}.content_warnings || ${p}.added_notes <@ (select coalesce(array_agg(nc.note), '{}')
      from note_choices nc
      where nc.member_id = ${viewer} and nc.choice = 'show'))
  `;
}
