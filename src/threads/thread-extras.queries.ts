import { nextStepSql } from '../communities/reply-promise.js';
import { isInAudience, postVisible } from '../content/thread-visibility.js';
import { blocked, holdsMutedWord } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  AMONG_MEMBERS,
  JOIN_RIGHTS,
  MODERATES,
  type AccessParams,
} from './thread-access.queries.js';
import type { OwnWaitingThread, ThreadExtras } from './thread-extras.js';

/** SQL: the threads `s` of the same community that the viewer can read, with their openings. */
const LINKED = `from threads s
  join posts so on so.thread_id = s.id and so.number = 1
  where s.community_id = c.id
    and s.status = 'published'
    and ${isInAudience('so', AMONG_MEMBERS)}`;

/** SQL: the viewer wrote in thread `t`. */
const WROTE_HERE = `exists (select 1
          from posts n
          where n.thread_id = t.id and n.author_id = :memberId)`;

/** For a thread that the viewer can read. */
export const threadExtras = statement<AccessParams, ThreadExtras>(
  'threads.extras',
  `
    select
      coalesce((select max(f.number) from former_places f where f.thread_id = t.id), 0)
        as "lastLeft",
      (select json_build_object('id', s.id::text, 'title', s.title)
        ${LINKED} and s.id = t.split_from) as "splitFrom",
      (select json_agg(json_build_object('id', s.id::text, 'title', s.title) order by s.id)
        ${LINKED} and s.split_from = t.id) as "splitInto",
      (select json_agg(json_build_object('number', mo.number,
          'title', case
            when mo.status = 'published'
              and ${isInAudience('mo', AMONG_MEMBERS)}
              and not ${blocked('mo', ':memberId')}
              and not ${holdsMutedWord('s.title', ':memberId')}
              then s.title
            else '' end,
          'reason', case when ${MODERATES} or ${WROTE_HERE} then s.change_reason else '' end)
          order by mo.number)
        from threads s
        join former_places f on f.thread_id = s.id and f.number = 1
        join posts mo on mo.id = f.post_id and mo.thread_id = t.id
        where s.merged_into = t.id and s.split_from is distinct from t.id) as "mergedHere",
      (select json_agg(json_build_object('id', al.id::text, 'name', al.name) order by al.id)
        from thread_aliases al
        where al.thread_id <> t.id
          and al.id in (select n.alias_id
            from posts n
            where n.thread_id = t.id and n.author_id = :memberId)) as "otherAliases",
      case when ${MODERATES} or ${WROTE_HERE} then t.change_reason else '' end as "changeReason",
      (o.status = 'published'
        or o.status in ('held', 'hidden') and (o.author_id = :memberId or ${MODERATES}))
        and exists (select 1 from polls pl where pl.thread_id = t.id) as poll,
      (select json_build_object('number', n.number, 'at', n.created_at)
        from posts n
        where n.thread_id = t.id
          and n.is_update
          and not n.name_detached
          and not o.name_detached
          and n.status = 'published'
          and ${postVisible('n', AMONG_MEMBERS, ':memberId', MODERATES)}
        order by n.number desc
        limit 1) as "authorUpdate",
      (select u.body from thread_updates u where u.thread_id = t.id) as "teamUpdate"
    from threads t
    join communities c on c.id = t.community_id
    join posts o on o.thread_id = t.id and o.number = 1
    ${JOIN_RIGHTS}
    where t.id = :id
  `,
);

/** For a thread of the viewer's own without replies. */
export const ownWaitingThread = statement<{ id: string }, OwnWaitingThread>(
  'threads.own-waiting',
  `
    select
      (select po.passed_to
        from threads_passed_on po
        where po.thread_id = t.id
        order by po.passed_to desc
        limit 1) as "passedOn",
      case when t.status = 'published'
        and t.locked_at is null
        and t.pinned_at is null
        and c.archived_at is null
        and not exists (select 1 from prompt_threads pt where pt.thread_id = t.id)
        then ${nextStepSql('c', 't', 'o')}
        end as "nextStep"
    from threads t
    join communities c on c.id = t.community_id
    join posts o on o.thread_id = t.id and o.number = 1
    where t.id = :id and t.reply_count = 0
  `,
);
