import { inAudience, joinMembership, mayRead } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../../threads/thread-list.queries.js';

export const STEPS = [
  'thinking',
  'first-call',
  'waiting',
  'first-visit',
  'changing',
  'medicines',
] as const;
export type Step = (typeof STEPS)[number];

export const STORIES_PER_PAGE = 25;

/** Stories that the reader may see, newest first. */
export const stories = statement<
  { step: string; viewerId: string | null; isStaff: boolean; before: string; limit: number },
  ThreadRow
>(
  'toolkit.stories',
  `
    select ${THREAD_COLUMNS}
    from thread_steps ts
    join threads t on t.id = ts.thread_id ${THREAD_JOINS} ${joinMembership('c', 'm', ':viewerId')}
   where ts.step = :step
     and t.id < :before
     and ${mayRead('c', 'm', ':isStaff')}
     and p.status = 'published'
     and p.tier not in ('urgent', 'crisis')
     and ${listedFor(':viewerId')}
     and c.visibility <> 'unlisted'
   order by t.id desc limit :limit`,
);

export const UPDATED_STORIES = 5;

export interface UpdatedStoryRow extends ThreadRow {
  updateNumber: number;
  updatedAt: Date;
}

/**
 * Threads whose authors later posted an update, by newest update. Consent is given by marking the
 * post as an update.
 */
export const updatedStories = statement<
  { viewerId: string | null; isStaff: boolean; limit: number },
  UpdatedStoryRow
>(
  'toolkit.updated-stories',
  `
    select ${THREAD_COLUMNS}, u.number as "updateNumber", u.created_at as "updatedAt"
    from (select distinct on (n.thread_id) n.id, n.thread_id, n.number, n.created_at
      from posts n
      join threads x on x.id = n.thread_id
      where n.is_update
        and n.status = 'published'
        and n.tier not in ('urgent', 'crisis')
        and not n.name_detached
        and ${inAudience('n', 'x.community_id', ':viewerId')}
      order by n.thread_id, n.number desc) u
    join threads t on t.id = u.thread_id ${THREAD_JOINS} ${joinMembership('c', 'm', ':viewerId')}
    where ${mayRead('c', 'm', ':isStaff')}
      and p.status = 'published'
      and p.tier not in ('urgent', 'crisis')
      and not p.name_detached
      and ${listedFor(':viewerId')}
      and c.visibility <> 'unlisted'
    order by u.id desc
    limit :limit
  `,
);
export interface OwnStoryRow {
  id: string;
  title: string;
  step: Step | null;
}

/** The member's own threads that can be marked, newest first. */
export const ownStories = statement<{ viewerId: string }, OwnStoryRow>(
  'toolkit.own-stories',
  `
    select t.id, t.title, ts.step
    from posts p
    join threads t on t.id = p.thread_id
    left join thread_steps ts on ts.thread_id = t.id
   where p.author_id = :viewerId
     and p.number = 1
     and t.kind = 'experience'
     and p.status = 'published'
     and t.status = 'published'
   order by t.id desc
   limit 20`,
);

export const markStory = statement<
  { id: string; memberId: string; step: string; now: Date },
  { id: string }
>(
  'toolkit.mark-story',
  `insert into thread_steps (thread_id, step, created_at)
   select t.id, :step, :now
   from threads t
   join posts p on p.thread_id = t.id and p.number = 1
   where t.id = :id
     and p.author_id = :memberId
     and t.kind = 'experience'
     and t.status = 'published'
     and p.status = 'published'
   on conflict (thread_id) do update set step = excluded.step returning thread_id as id`,
);
export const unmarkStory = statement<{ id: string; viewerId: string }, { id: string }>(
  'toolkit.unmark-story',
  `
    delete
    from thread_steps ts using posts p
    where p.thread_id = ts.thread_id
      and p.number = 1
      and p.author_id = :viewerId
      and ts.thread_id = :id
    returning ts.thread_id as id
  `,
);
