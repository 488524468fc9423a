/**
 * Who may see what, as SQL, in one place. The fragments expect the aliases they are given and two
 * parameters: the viewer's id (null for a guest) and whether the viewer is staff.
 */

/**
 * Whether membership `m` lets its holder read: they joined, or they visit and the seat has not
 * ended. The database's own time is asked, so that a seat is over at its minute wherever this is
 * read, whether or not the job that clears seats has run.
 */
export function holdsSeat(m: string): string {
  return `(${m}.state = 'active' or (${m}.state = 'visiting' and ${m}.expires_at > now()))`;
}

/**
 * The viewer's place `m` in community `c`: a membership, or a visit that lasts. Who only visits is
 * no member: see `joined`.
 */
export function joinMembership(c: string, m: string, viewer: string): string {
  return `
    left join memberships ${m} on ${m}.community_id = ${c}.id
      and ${m}.member_id = ${viewer}
      and ${holdsSeat(m)}
  `;
}

/** Whether the place `m` is a membership, which lets one write; false for guests and for visits. */
export function joined(m: string): string {
  return `coalesce(${m}.state = 'active', false)`;
}

/** Whether the viewer may read a community: a public one, or one of theirs; staff read all. */
export function mayRead(c: string, m: string, staff: string): string {
  return `(${c}.visibility = 'public' or ${m}.member_id is not null or ${staff})`;
}

/**
 * Whether the viewer moderates the community of their place `m`: as staff, or as its moderator.
 * @param mayModerate whether the viewer may use a moderator's rights, as SQL
 */
export function moderatesPlace(m: string, staff: string, mayModerate: string): string {
  return `(${staff} or (${mayModerate} and coalesce(${m}.role = 'moderator', false)))`;
}

/**
 * Whether member `m` may use a moderator's rights: with a second factor, while there is time to add
 * one, or on an account of the demo, whose log-ins are refused wherever others reach the server.
 */
export function secondFactorSuffices(m: string): string {
  return `
    (${m}.second_factor_since is not null
      or ${m}.second_factor_by > now()
      or ${m}.email like '%@demo.example')
  `;
}

/**
 * False where community `c` is not public and the viewer's account is paused: a paused account
 * reads what everybody may read and nothing else, in no list either.
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
 * Who can read what is written, from the widest circle to the narrowest. `visitors` is a community
 * for members that lets others look round.
 */
export const READERS = ['search-engines', 'everybody', 'visitors', 'members'] as const;
export type Readers = (typeof READERS)[number];

/**
 * Whether search engines may list thread `t`. Threads from before the community let them in
 * stay out: its authors were promised so.
 */
export function searchable(c: string, t: string): string {
  return `coalesce(${t}.created_at >= ${c}.search_engines_since, false)`;
}

/** The `Readers` of post `p` in thread `t`, whose opening is `o`. */
export function readersOf(c: string, t: string, o: string, p: string): string {
  return `case
    when ${o}.members_only or ${p}.members_only then 'members'
    when ${c}.visibility = 'members' and ${c}.visits_allowed then 'visitors'
    when ${c}.visibility <> 'public' then 'members'
    when ${searchable(c, t)} then 'search-engines'
    else 'everybody' end`;
}

/**
 * The title that the author of thread `t` gave it, for them and for moderators. Others read one that
 * says nothing while the opening is held, hidden or removed.
 */
export function authorsTitle(t: string): string {
  return `coalesce(${t}.withheld_title, ${t}.title)`;
}

/**
 * The title of thread `t` in community `c`, for lists of what is the viewer's own: empty where it
 * is somebody else's and the viewer may not open the thread, or not any more. Their own words there
 * stay theirs.
 */
export function titleFor(t: string, c: string, viewer: string): string {
  return `
    case when exists (select 1
        from posts ko
        where ko.thread_id = ${t}.id and ko.number = 1 and ko.author_id = ${viewer})
      then ${authorsTitle(t)}
      when (${t}.status = 'published'
        and ${c}.visibility = 'public'
        and not exists (select 1
          from posts kl
          where kl.thread_id = ${t}.id and kl.number = 1 and kl.members_only))
    or exists (select 1
      from members kv
      left join memberships km on km.member_id = kv.id and km.community_id = ${c}.id
               where kv.id = ${viewer}
                 and coalesce(kv.suspended_until <= now(), true)
                 and ((kv.role <> 'member' and ${secondFactorSuffices('kv')})
                   or ${holdsSeat('km')}
                   and (${t}.status = 'published'
                     or (km.role = 'moderator' and ${secondFactorSuffices('kv')}))))
    then ${t}.title else '' end`;
}

/**
 * Whether thread `t` is visible to the viewer: published, or their own, or one that they moderate.
 * One whose opening post `o` is for members only is visible to members alone.
 */
export function threadVisible(t: string, o: string, viewer: string, moderates: string): string {
  return `
    ((${t}.status = 'published' and ${inAudience(o, `${t}.community_id`, viewer)})
      or ${o}.author_id = ${viewer}
      or ${moderates})
  `;
}

/**
 * Whether the viewer is in the audience of post `p`. A post that is for members only is read by
 * members of its community, not by visitors or by other accounts, and by staff. A suspended account
 * loses what belongs to members.
 * @param community the id of the post's community, as SQL
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

/**
 * Whether thread `t` is one that the viewer opened and that waits for a moderator: what is answered
 * in it is theirs to read.
 */
export function heldOfOwn(t: string, viewer: string): string {
  return `
    (${t}.status = 'held'
      and exists (select 1
        from posts ho
        where ho.thread_id = ${t}.id and ho.number = 1 and ho.author_id = ${viewer}))
  `;
}

/**
 * Whether post `p` is visible to the viewer. One that is held or hidden is its author's and the
 * moderators' alone.
 * @param community the id of the post's community, as SQL
 */
export function postVisible(
  p: string,
  community: string,
  viewer: string,
  moderates: string,
): string {
  return `
    ((${p}.status in ('published', 'withdrawn', 'removed')
        and ${inAudience(p, community, viewer)})
      or ${p}.author_id = ${viewer}
      or ${moderates})
  `;
}

/**
 * Whether the viewer blocked the author of post `p`. A block of a handle does not apply to posts
 * under an alias, as it would reveal whose they are; an alias is blocked as itself.
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
 * Whether the viewer muted what post `p` of thread `t` is about: a content note (the author's or a
 * moderator's) or a word. Lists, search, notices and digests leave it out; in a thread the post is
 * folded and its text is not sent.
 */
export function unwanted(p: string, t: string, viewer: string): string {
  return muted(p, `case when ${p}.number = 1 then ${t}.title end, `, viewer);
}

/** The same for post `p` alone, where the title of its thread is checked elsewhere. */
export function unwantedPost(p: string, viewer: string): string {
  return muted(p, '', viewer);
}

// All muted words of a member are matched at once: a text is folded once, and only where its reader
// has muted a word.
function muted(p: string, title: string, viewer: string): string {
  return `
    (exists (select 1
      from note_choices nc
      where nc.member_id = ${viewer}
        and nc.choice = 'hide'
        and nc.note = any(${p}.content_warnings || ${p}.added_notes))
    or exists (select 1
      from (select array_agg(form) as forms
        from muted_words mw
        cross join unnest(mw.forms) form
        where mw.member_id = ${viewer}
        having count(*) > 0) muted
      where holds_muted_word(concat_ws(' | ', ${title}${p}.summary, ${p}.body), muted.forms)))`;
}

/** Whether the viewer wants posts with these notes unfolded: every one of them chosen so. */
export function notesOpen(p: string, viewer: string): string {
  return `
    (${p}.content_warnings || ${p}.added_notes <@ (select coalesce(array_agg(nc.note), '{}')
      from note_choices nc
      where nc.member_id = ${viewer} and nc.choice = 'show'))
  `;
}
