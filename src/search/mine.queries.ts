import { inAudience, joinMembership, mayRead, notPaused, titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

/**
 * Every word as a part of the text, in small letters and without accents. One's own are few: no
 * index is needed, and no letter is missed. Accents go first: under the locale C only ASCII has
 * small letters.
 */
export function holds(text: string, patterns: string): string {
  return `lower(unaccent(${text})) like all (${patterns}::text[])`;
}

/** One's own posts that are looked through, newest first. */
const LOOKED_THROUGH = 5_000;
export const MINE_A_PAGE = 20;

export interface MyPost {
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

export const myPosts = statement<
  { memberId: string; patterns: readonly string[]; beforeThisId: string; limit: number },
  MyPost
>(
  'search.my-posts',
  `
    select p.id, p.thread_id as "threadId", p.number, ${titleFor('t', 'c', ':memberId')} as title,
      p.status, left(p.body, 300) as body, p.created_at as "createdAt", al.name as "aliasName",
      c.name as community
   from (select *
     from posts x
     where x.author_id = :memberId and x.id < :beforeThisId
     order by x.id desc
     limit ${LOOKED_THROUGH}) p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   left join thread_aliases al on al.id = p.alias_id
   where p.status <> 'withdrawn'
     and (${holds('p.body', ':patterns')} or p.number = 1 and ${holds('t.title', ':patterns')})
   order by p.id desc limit :limit`,
  'pooled',
);

interface MyDraft {
  place: string;
  title: string;
  body: string;
  /** What other forms of the same place wrote, in full. */
  others: string[];
  updatedAt: Date;
}

export const myDrafts = statement<{ memberId: string; patterns: readonly string[] }, MyDraft>(
  'search.my-drafts',
  `
    select d.place, coalesce(d.fields ->> 'title', ${titleFor('t', 'c', ':memberId')}, '') as title,
      left(coalesce(d.fields ->> 'body', ''), 300) as body, d.updated_at as "updatedAt",
      array(select o.value ->> 'body'
        from jsonb_each(d.others) o
        where o.value ->> 'body' <> '') as others
   from drafts d
   left join threads t on d.place = '/t/' || t.id || '/replies'
     and t.id = nullif(substring(d.place from '^/t/([0-9]{1,18})/'), '')::bigint
   left join communities c on c.id = t.community_id
   where d.member_id = :memberId and ${holds(
     `
     coalesce(d.fields ->> 'title', '') || ' ' || coalesce(d.fields ->> 'body', '')
       || ' ' || d.others::text
   `,
     ':patterns',
   )}
   order by d.updated_at desc limit 50`,
);

interface MySave {
  threadId: string;
  title: string;
  community: string;
  savedAt: Date;
}

/** A kept thread that one may no longer read is not shown, and comes back if that changes. */
export const mySaves = statement<
  { memberId: string; patterns: readonly string[]; isStaff: boolean },
  MySave
>(
  'search.my-saves',
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
     and ${holds('t.title', ':patterns')}
   order by s.saved_at desc, t.id limit 100`,
);
