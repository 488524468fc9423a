import { statement } from '../../kernel/sql.js';
import type { WordRule } from '../../triage/word-rules.js';

export interface PlaceRow {
  id: string;
  slug: string;
  name: string;
  preModeration: string;
  firstPostsCount: number;
  firstPostsDays: number | null;
  holdOnShift: string;
  holdOutside: string;
}

/** Communities that the viewer moderates. */
export const places = statement<{ viewerId: string; isStaff: boolean }, PlaceRow>(
  'moderation.rule-places',
  `
    select c.id, c.slug, c.name, c.pre_moderation as "preModeration",
      c.first_posts_count as "firstPostsCount", c.first_posts_days as "firstPostsDays",
          c.hold_on_shift as "holdOnShift", c.hold_outside as "holdOutside"
   from communities c where c.archived_at is null
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
   order by c.name`,
);

export interface RuleRow extends WordRule {
  by: string | null;
  at: Date;
  /** Applies to the whole site: listed in each community, but only staff may end it. */
  everywhere: boolean;
}

/** The rules that apply in a community, or to the whole site if null. */
export const activeRules = statement<{ communityId: string | null }, RuleRow>(
  'moderation.rules',
  `
    select r.id, r.pattern, r.action, r.note, r.tier, r.why,
      r.to_writer as "toWriter", m.handle::text as by,
      r.created_at as at, r.community_id is null as everywhere
   from word_rules r left join members m on m.id = r.created_by
   where r.ended_at is null and (r.community_id is null or r.community_id = :communityId)
   order by r.community_id nulls last, r.id`,
);

export interface PastPost {
  threadId: string;
  number: number;
  title: string;
  body: string;
  summary: string;
  at: Date;
}

/** The newest posts, on which a rule is tried. */
export const pastPosts = statement<{ communityId: string | null; limit: number }, PastPost>(
  'moderation.past-posts',
  `
    select p.thread_id as "threadId", p.number, t.title, p.body, p.summary, p.created_at as at
    from posts p
    join threads t on t.id = p.thread_id
   where p.status in ('published', 'held')
     and (:communityId::bigint is null or t.community_id = :communityId)
   order by p.id desc
   limit :limit`,
);
