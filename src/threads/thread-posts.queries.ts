import { blocked, notesOpen, stands, unwanted } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { keepsHelp } from '../review/after-care.js';
import { AUTHOR_COLUMNS, joinAuthor, type AuthorRow } from '../posts/author.js';
import { standingColumns, strategyColumns } from '../posts/post-columns.js';
import type { PostRow } from '../posts/post.view.js';

/**
 * One page of a thread: posts by their stable number, so the last page of a long thread costs what
 * its first does. The opening is always among them: where it waits and others have answered, its
 * place says so. $1 thread, $2 from number, $3 to number, $4 viewer or null, $5 the viewer
 * moderates here, $6 community, $7 now less `CARE_STAYS`
 */
export const threadPosts = statement<PostRow>(
  'threads.posts',
  `
    select p.id, p.number, p.body_html as "bodyHtml", p.content_warnings as "contentWarnings",
      p.summary, p.status, p.created_at as "createdAt",
          p.edited_at as "editedAt", p.reply_to_number as "replyTo", p.same_boat as "sameBoat",
            p.with_you as "withYou", p.thank_you as "thankYou", p.helped,
          ${standingColumns('p')}, ${strategyColumns('p', 'coalesce(p.author_id = $4, false)')},
          coalesce(p.author_id = $4, false) as mine,
          case when p.author_id = $4 then ${keepsHelp('p', '$7')} else false end as cared,
          (p.number = 1
            or (p.alias_id is not distinct from o.alias_id
              and (p.alias_id is not null or p.author_id = o.author_id)
              and not p.name_detached
              and not o.name_detached)) as opener,
          ${AUTHOR_COLUMNS},
          ($4::bigint is not null and ${blocked('p', '$4')}) as blocked,
            coalesce(p.author_id <> $4, true)
            and ${unwanted('p', 't', '$4')} as unwanted, ${notesOpen('p', '$4')} as "notesOpen",
          case
            when $4::bigint is null then null
            else (select array_agg(r.kind)
              from reactions r
              where r.post_id = p.id and r.member_id = $4) end as reacted
   from posts p
   join threads t on t.id = p.thread_id
   join posts o on o.thread_id = p.thread_id and o.number = 1
   ${joinAuthor('p', '$6')}
   where p.thread_id = $1
     and p.number between $2 and $3
     and (${stands('p', 'p.author_id', '$4', '$5')} or p.number = 1)
   order by p.number`,
);

/**
 * The same for a guest of a public thread: nothing about a viewer to look up. $1 thread, $2 from,
 * $3 to, $4 community
 */
export const threadPostsForGuests = statement<PostRow>(
  'threads.posts-for-guests',
  `
    select p.id, p.number, p.body_html as "bodyHtml", p.content_warnings as "contentWarnings",
      p.summary, p.status, p.created_at as "createdAt",
          p.edited_at as "editedAt", p.reply_to_number as "replyTo", p.same_boat as "sameBoat",
            p.with_you as "withYou", p.thank_you as "thankYou", p.helped,
          ${standingColumns('p')}, ${strategyColumns('p', 'false')},
          false as mine, false as cared,
          (p.number = 1
            or (p.alias_id is not distinct from o.alias_id
              and (p.alias_id is not null or p.author_id = o.author_id)
              and not p.name_detached
              and not o.name_detached)) as opener,
          ${AUTHOR_COLUMNS}, false as blocked, false as unwanted, false as "notesOpen",
            null as reacted
   from posts p join posts o on o.thread_id = p.thread_id and o.number = 1
   ${joinAuthor('p', '$4')}
   where p.thread_id = $1
     and p.number between $2 and $3
     and (p.status in ('published', 'withdrawn', 'removed') and not p.members_only or p.number = 1)
   order by p.number`,
);

export interface AnsweredPostRow extends AuthorRow {
  id: string;
  number: number;
}

/**
 * The post that a reply refers to, without its words.
 * $1 thread, $2 its number or null, $3 its id or null, $4 viewer, $5 community
 */
export const answeredPost = statement<AnsweredPostRow>(
  'threads.answered-post',
  `select p.id, p.number, ${AUTHOR_COLUMNS}
   from posts p
   ${joinAuthor('p', '$5')}
   where p.thread_id = $1
     and case when $2::int is null then p.id = $3::bigint else p.number = $2::int end
     and p.status = 'published'
     and not ${blocked('p', '$4')}`,
);
