import { blocked, inAudience, notesOpen, unwanted } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import type { CaseTier } from '../triage/risk.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from './author.js';

/** A quoted post as one reader may see it, with the post that quotes it. */
export interface QuoteRow extends AuthorNameRow {
  /** Id of the quoting post. */
  quotedBy: string;
  /** The thread of the quoted post: another one if either post was moved. */
  threadId: string;
  number: number;
  /** False if the quoted post is withdrawn or held, or not visible to this reader. */
  visible: boolean;
  /** Edited since it was quoted. */
  changed: boolean;
  mine: boolean;
  blocked: boolean;
  /** Filtered by the reader's muted words or content notes. */
  unwanted: boolean;
  notesOpen: boolean;
  /** Markdown; empty if the reader may not see it. */
  body: string;
  summary: string;
  language: string | null;
  contentWarnings: string[];
  addedNotes: string[];
  tier: CaseTier;
  folded: boolean;
}

const MINE = 'coalesce(p.author_id = :viewerId, false)';
const IN_AUDIENCE = inAudience('p', 't.community_id', ':viewerId');
/** SQL: the reader of the quoting post can read the thread `t` of the quoted one too. */
const IN_REACH = `(t.id = qp.thread_id
  or (t.status = 'published'
    and t.community_id = qt.community_id
    and exists (select 1
      from posts qo
      where qo.thread_id = t.id
        and qo.number = 1
        and ${inAudience('qo', 't.community_id', ':viewerId')})))`;
const VISIBLE = `(p.status = 'published' and (${IN_AUDIENCE} or ${MINE}) and ${IN_REACH})`;
const UNWANTED = `(not ${MINE} and ${unwanted('p', 't', ':viewerId')})`;

/** The posts that a post quotes, for its author's edit form. */
export const quotedPosts = statement<{ postId: string }, { id: string; number: number }>(
  'posts.quoted',
  `
    select p.id, p.number
    from post_quotes q
    join posts p on p.id = q.quoted_post_id
    where q.post_id = :postId
    order by q.position
  `,
);

/** All quotations in posts that the reader may read, in one query. */
export const quotesIn = statement<
  { postIds: readonly string[]; viewerId: string | null },
  QuoteRow
>(
  'posts.quotes-in',
  `
    select q.post_id as "quotedBy", p.thread_id as "threadId", p.number, ${VISIBLE} as visible,
      p.version > q.quoted_version as changed, ${MINE} as mine,
      ${blocked('p', ':viewerId')} as blocked, ${UNWANTED} as unwanted,
      ${notesOpen('p', ':viewerId')} as "notesOpen",
      case
        when ${VISIBLE} and not ${blocked('p', ':viewerId')} and not ${UNWANTED} then p.body
        else '' end as body,
      case when ${VISIBLE} then p.summary else '' end as summary, p.language,
      p.content_warnings as "contentWarnings", p.added_notes as "addedNotes", p.tier, p.folded,
      ${AUTHOR_NAME_COLUMNS}
    from post_quotes q
    join posts p on p.id = q.quoted_post_id
    join threads t on t.id = p.thread_id
    join posts qp on qp.id = q.post_id
    join threads qt on qt.id = qp.thread_id
    ${joinAuthorName('p')}
    where q.post_id = any(:postIds::bigint[])
    order by q.post_id, q.position
  `,
);
