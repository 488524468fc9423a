import type { CommunityDescription } from '../communities/community-description.js';
import { statement, type NoParams } from '../kernel/sql.js';

export interface AdminCommunityRow {
  slug: string;
  name: string;
  visibility: string;
  members: number;
  threads: number;
  archived: boolean;
  moderators: string[] | null;
}

/** All communities, including unlisted and archived ones. */
export const adminCommunities = statement<NoParams, AdminCommunityRow>(
  'administration.communities',
  `
    select c.slug, c.name, c.visibility, c.member_count as members, c.thread_count as threads,
      c.archived_at is not null as archived,
          (select array_agg(m.handle::text order by m.handle)
            from memberships s
            join members m on m.id = s.member_id
            where s.community_id = c.id
              and s.role = 'moderator'
              and s.state = 'active'
              and m.closed_at is null) as moderators
   from communities c order by c.archived_at is not null, c.name, c.id limit 1000`,
);

export interface AdminMemberRow {
  id: string;
  handle: string;
  role: string;
  joinedAt: Date;
  verified: boolean;
  groups: number;
  /** Currently paused or read-only. */
  limited: boolean;
  closing: boolean;
  /** The address receives no email except about account security. */
  stopped: boolean;
}

/**
 * Members by handle prefix, newest first.
 * @param pattern for `like`
 * @param beforeId keyset cursor
 */
export const adminMembers = statement<
  { pattern: string; beforeId: string; limit: number },
  AdminMemberRow
>(
  'administration.members',
  `
    select m.id, m.handle::text, m.role, m.created_at as "joinedAt",
      m.email_verified_at is not null as verified,
      (select count(*)::int
        from memberships s
        where s.member_id = m.id and s.state = 'active') as groups,
          coalesce(greatest(m.suspended_until, m.read_only_until) > now(), false) as limited,
            m.closing_at is not null as closing,
      exists (
        select 1
        from mail_suppressions x
        where x.member_id = m.id
          and x.lifted_at is null
      ) as stopped
   from members m
   where m.closed_at is null and m.handle like :pattern::citext
     and m.id < :beforeId
   order by m.id desc
   limit :limit`,
);

export interface EditableRow extends Omit<CommunityDescription, 'joinQuestion'> {
  welcome: string;
  joinQuestion: string | null;
  rules: string[] | null;
  version: number;
  orientation: string | null;
}

export const editable = statement<{ communityId: string }, EditableRow>(
  'administration.editable',
  `
    select c.name, c.summary, c.purpose, c.welcome, c.join_question as "joinQuestion", c.language,
      c.topics, c.difficulties, c.situations, c.formats, c.sensitive,
      c.aliases_allowed as "aliasesAllowed",
          c.mentions_allowed as "mentionsAllowed", c.polls_allowed as "pollsAllowed",
            c.visits_allowed as "visitsAllowed",
            c.search_engines_since is not null as "searchEngines",
            c.pre_moderation as "preModeration", c.hold_on_shift as "holdOnShift",
            c.hold_outside as "holdOutside",
          c.first_posts_count as "firstPostsCount",
            c.supporters_after_hours as "supportersAfterHours",
            c.moderators_after_hours as "moderatorsAfterHours", g.rules,
            c.guidelines_version as version, c.orientation_thread_id as orientation
   from communities c
   left join community_guidelines g on g.community_id = c.id and g.version = c.guidelines_version
   where c.id = :communityId`,
);

/** The number of posts and people affected by a change of visibility. */
export interface VisibilityImpact {
  posts: number;
  members: number;
  visitors: number;
  asked: number;
}

export const visibilityImpact = statement<{ communityId: string }, VisibilityImpact>(
  'administration.reach',
  `
    select (select count(*)::int
      from (select 1
        from posts p
        join threads t on t.id = p.thread_id
        where t.community_id = :communityId and p.status = 'published'
        limit 100000) x) as posts,
          (select count(*)::int
            from memberships
            where community_id = :communityId and state = 'active') as members,
            (select count(*)::int
              from memberships
              where community_id = :communityId and state = 'visiting') as visitors,
          (select count(*)::int
            from memberships
            where community_id = :communityId and state = 'asked') as asked`,
  'pooled',
);

export interface RoleRow {
  handle: string;
  role: string;
}

/** Members with a role in a community. */
export const communityRoles = statement<{ communityId: string }, RoleRow>(
  'administration.roles',
  `
    select m.handle::text as handle, s.role
    from memberships s
    join members m on m.id = s.member_id
    where s.community_id = :communityId
      and s.state = 'active'
      and s.role <> 'member'
      and m.closed_at is null
    order by s.role, m.handle
    limit 300
  `,
);

export interface MemorialRow {
  handle: string;
  since: Date;
}

export const memorials = statement<NoParams, MemorialRow>(
  'administration.memorials',
  `
    select handle::text as handle, memorial_at as since
    from members
    where memorial_at is not null
    order by memorial_at desc
    limit 200
  `,
);
