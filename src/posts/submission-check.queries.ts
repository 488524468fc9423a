import { statement } from '../kernel/sql.js';
import type { WordRule } from '../triage/word-rules.js';
import type { AuthorRecord } from './hold-policy.js';

export interface AuthorRecordRow extends AuthorRecord {
  /** The community of the record. */
  communityId: string;
  language: string;
  rules: WordRule[] | null;
}

/** The author's record in a community, or in that of a thread, with its settings and word rules. */
export const authorRecord = statement<
  {
    authorId: string;
    communityId: string | null;
    threadId: string | null;
    createdAt: Date;
    body: string;
  },
  AuthorRecordRow
>(
  'posts.author-record',
  `
    select c.id as "communityId", c.language, c.hours, c.pre_moderation as "preModeration",
      c.first_posts_count as "firstPostsCount", c.first_posts_days as "firstPostsDays",
          c.hold_on_shift as "holdOnShift", c.hold_outside as "holdOutside", a.role as "siteRole",
            m.role as "communityRole",
          m.trusted_at is not null as trusted, m.joined_at as "joinedAt",
            a.created_at as "accountSince",
          case when c.pre_moderation <> 'first-posts' then 0 else (select count(*)::int from (
            select 1
            from posts p
            join threads t on t.id = p.thread_id
            where p.author_id = :authorId
              and t.community_id = c.id
              and p.status = 'published'
            limit 50) k) end as published,
          case when a.created_at <= :createdAt
            or length(:body) < 80 then 0
              else (select count(*)::int
                from posts p
                where p.author_id = :authorId
                  and p.created_at > :createdAt
                  and p.body = :body) end as repeats,
          case
            when a.created_at <= :createdAt then 0
            else (select count(*)::int
              from posts p
              where p.author_id = :authorId
                and p.created_at > :createdAt::timestamptz + interval '23 hours') end as lately,
          (select json_agg(json_build_object('id', r.id::text, 'pattern', r.pattern, 'action',
            r.action, 'note', r.note, 'tier', r.tier, 'why', r.why,
            'toWriter', r.to_writer, 'everywhere', r.community_id is null)
            order by r.id)
             from word_rules r
             where r.ended_at is null
               and (r.community_id is null or r.community_id = c.id)) as rules
   from communities c join members a on a.id = :authorId
   left join memberships m on m.community_id = c.id and m.member_id = a.id and m.state = 'active'
   where c.id = coalesce(
     :communityId::bigint, (select t.community_id from threads t where t.id = :threadId))`,
);

/** Texts of the newest posts of others in a thread, newest first. */
export const textsByOthers = statement<{ threadId: string; authorId: string }, { text: string }>(
  'posts.texts-of-others',
  `select p.body as text
   from posts p
   where p.thread_id = :threadId
     and p.author_id is distinct from :authorId
     and p.status = 'published'
   order by p.number desc
   limit 200`,
);
