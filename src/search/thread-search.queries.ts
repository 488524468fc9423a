import { blocked, inAudience, notesOpen, unwantedPost } from '../content/visibility.js';
import { statement, type Statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';
import { searchTerms, readableCommunities, type Strictness } from './search-query.js';
import { newestMatches, WIDE_PHRASE } from './index-windows.js';
import { HEADLINE } from './snippet.js';

export interface FoundThread extends ThreadRow {
  /** Of the post that matches best. */
  number: number;
  /** Its words around what was looked for; null where its content notes stand before them. */
  excerpt: string | null;
  notes: string[];
}

interface ThreadSearchQuery {
  viewerId: string | null;
  isStaff: boolean;
  query: string;
  /** Slug of one community, or '' for all. */
  community: string;
  /** A tsquery of labels that every post must bear, or ''. */
  labels: string;
  since: Date | null;
  offset: number;
  limit: number;
  now: Date;
  /** The viewer as a member of communities: null while paused. */
  memberId: string | null;
}

/** What is never found: posts under somebody's care, and threads that open with one. */
const CALM = (p: string): string => `${p}.tier not in ('urgent', 'crisis') and not ${p}.folded`;

/** A title counts most, then what opens a thread; longer texts count a little less. */
const SCORE = `ts_rank('{0.2,0.35,0.6,1}', f.words, a.words, 1)`;

/**
 * What is half a year old counts about half; what found an answer counts a little more, and more
 * where it helped.
 */
const FAVOUR = `
  (0.35 + 0.65 * exp(-extract(epoch from :now::timestamptz - t.last_post_at) / 15552000)) * (case
    when t.reply_count > 0 then 1.15
    else 1 end)
`;

/**
 * Up to so many communities are looked for by their labels: fewer would be lost in a common word.
 */
const FEW = 12;

/**
 * Threads by the best of their posts. Blocks, mutes, content notes and what only members may read
 * are left out here, nowhere later.
 */
function search(strictness: Strictness): Statement<ThreadSearchQuery, FoundThread> {
  return statement<ThreadSearchQuery, FoundThread>(
    `search.threads-${strictness}`,
    `with ${readableCommunities(':memberId', ':isStaff', ':community')},
     ${searchTerms(':query', strictness)},
     few as (select string_agg(format('%L', '#c' || id), ' | ')::tsquery as labels
       from readable
       having count(*) <= ${FEW}),
     q as materialized (
       select a.words && coalesce((select labels from few),
         a.words) && coalesce(nullif(:labels, '')::tsquery, a.words) as wanted,
         (select max(post_id) from post_words) as newest
       from asked a where a.words is not null and exists (select 1 from readable)),
     ${WIDE_PHRASE},
     ${newestMatches('spoken')},
     ${newestMatches('opened', `'#o'::tsquery`, `(select count(*) from spoken) >= 150`, 80)},
     best as materialized (
       select distinct on (f.thread_id) f.thread_id, f.post_id, ${SCORE} as score
       from (select * from spoken union select * from opened) f
       cross join asked a
       join posts x on x.id = f.post_id
       where x.status = 'published'
         and ${CALM('x')}
         and ${inAudience('x', '(select xt.community_id from threads xt where xt.id = x.thread_id)', ':viewerId')}
         and (:viewerId::bigint is null
           or (not ${blocked('x', ':viewerId')} and not ${unwantedPost('x', ':viewerId')}))
       order by f.thread_id, score desc, f.post_id),
     ranked as materialized (
       select t.id, b.post_id, b.score * ${FAVOUR} as score
       from best b
       cross join lateral (select x.*
         from threads x
         where x.id = b.thread_id
         limit 1) t ${THREAD_JOINS}
       where ${listedFor(':viewerId')}
         and ${CALM('p')}
         and (:since::timestamptz is null or t.last_post_at >= :since)
       order by 3 desc, 1 desc offset :offset limit :limit)
     select ${THREAD_COLUMNS}, x.number, x.content_warnings || x.added_notes as notes,
            case when cardinality(x.content_warnings || x.added_notes) = 0
              or (:viewerId::bigint is not null
                and ${notesOpen('x', ':viewerId')}) then ${HEADLINE('search_config(c.language)', 'x.body', 'a.words')} end as excerpt
     from ranked r
     cross join asked a
     join threads t on t.id = r.id ${THREAD_JOINS}
     join posts x on x.id = r.post_id
     order by r.score desc, t.id desc`,
    'isolated',
  );
}

export const threadSearch: Record<Strictness, Statement<ThreadSearchQuery, FoundThread>> = {
  all: search('all'),
  any: search('any'),
};
