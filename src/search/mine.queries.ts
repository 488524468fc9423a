import { inAudience, joinMembership, mayRead, notPaused, titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

/**
 * SQL condition: the text contains every pattern, ignoring case and accents. A member's own content
 * is small enough to be read without an index. Accents are removed before lower-casing, because the
 * locale C only lower-cases ASCII.
 */
export function containsAllSql(text: string, patterns: string): string {
  return `lower(unaccent(${text})) like all (${patterns}::text[])`;
}

/** Maximum length of a text in a list. More is read, so that the last grapheme is complete. */
export const EXCERPT_LENGTH = 300;
const CUT_IN_SQL = 2 * EXCERPT_LENGTH;

/** Maximum number of the member's newest posts that are searched. */
const MAX_SEARCHED = 5_000;
export const OWN_POSTS_PER_PAGE = 20;

export interface OwnPostRow {
  id: string;
  threadId: string;
  number: number;
  title: string;
  status: string;
  body: string;
  createdAt: Date;
  aliasName: string | null;
  community: string;
}

/** The member's own posts, under the handle and under aliases. */
export const ownPosts = statement<
  { memberId: string; patterns: readonly string[]; beforeThisId: string; limit: number },
  OwnPostRow
>(
  'search.own-posts',
  `
    select p.id, p.thread_id as "threadId", p.number, ${titleFor('t', 'c', ':memberId')} as title,
      p.status, left(p.body, ${CUT_IN_SQL}) as body, p.created_at as "createdAt", al.name as "aliasName",
      c.name as community
   from (select *
     from posts x
     where x.author_id = :memberId and x.id < :beforeThisId
     order by x.id desc
     limit ${MAX_SEARCHED}) p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   left join thread_aliases al on al.id = p.alias_id
   where p.status <> 'withdrawn'
     and (${containsAllSql('p.body', ':patterns')} or p.number = 1 and ${containsAllSql('t.title', ':patterns')})
   order by p.id desc limit :limit`,
  'pooled',
);

export interface OwnDraftRow {
  place: string;
  version: number;
  title: string;
  body: string;
  /** The texts that other open forms in the same place saved. */
  others: string[];
  updatedAt: Date;
}

export const ownDrafts = statement<{ memberId: string; patterns: readonly string[] }, OwnDraftRow>(
  'search.own-drafts',
  `
    select d.place, d.version, coalesce(d.fields ->> 'title', ${titleFor('t', 'c', ':memberId')}, '') as title,
      left(coalesce(d.fields ->> 'body', ''), ${CUT_IN_SQL}) as body, d.updated_at as "updatedAt",
      array(select o.value ->> 'body'
        from jsonb_each(d.others) o
        where o.value ->> 'body' <> '') as others
   from drafts d
   left join threads t on d.place = '/t/' || t.id || '/replies'
     and t.id = nullif(substring(d.place from '^/t/([0-9]{1,18})/'), '')::bigint
   left join communities c on c.id = t.community_id
   where d.member_id = :memberId and ${containsAllSql(
     `
     coalesce(d.fields ->> 'title', '') || ' ' || coalesce(d.fields ->> 'body', '')
       || ' ' || d.others::text
   `,
     ':patterns',
   )}
   order by d.updated_at desc limit 50`,
);

export interface SavedThreadRow {
  threadId: string;
  title: string;
  community: string;
  savedAt: Date;
}

/** Saved threads that the member may read; others are hidden until they are readable again. */
export const savedThreads = statement<
  { memberId: string; patterns: readonly string[]; isStaff: boolean },
  SavedThreadRow
>(
  'search.saved-threads',
  `select t.id as "threadId", t.title, c.name as community, s.saved_at as "savedAt"
   from thread_saves s
   join threads t on t.id = s.thread_id
   join communities c on c.id = t.community_id ${joinMembership('c', 'm', ':memberId')}
   where s.member_id = :memberId
     and t.status = 'published'
     and ${mayRead('c', 'm', ':isStaff')}
     and exists (select 1
       from posts o
       where o.thread_id = t.id
         and o.number = 1
         and (o.author_id = :memberId or ${inAudience('o', 'c.id', ':memberId')}))
     and ${notPaused('c', ':memberId')}
     and ${containsAllSql('t.title', ':patterns')}
   order by s.saved_at desc, t.id limit 100`,
);
