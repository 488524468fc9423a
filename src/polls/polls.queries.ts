import { statement } from '../kernel/sql.js';

export interface PollRow {
  id: string;
  question: string;
  several: boolean;
  results: 'voted' | 'closed';
  closesAt: Date | null;
  /** Number of members who voted. */
  voters: number;
  options: { id: string; text: string; votes: number }[];
  /** The viewer's choices. */
  mine: string[];
}

export const pollOf = statement<{ threadId: string; viewerId: string | null }, PollRow>(
  'polls.of-thread',
  `
    select p.id, p.question, p.several, p.results, p.closes_at as "closesAt",
      (select count(distinct v.member_id)::int
        from poll_options o
        join poll_votes v on v.option_id = o.id
        where o.poll_id = p.id) as voters,
      (select json_agg(json_build_object('id', o.id::text, 'text', o.text, 'votes',
          (select count(*) from poll_votes v where v.option_id = o.id))
          order by o.position)
        from poll_options o
        where o.poll_id = p.id) as options,
      array(select v.option_id::text
        from poll_options o
        join poll_votes v on v.option_id = o.id
        where o.poll_id = p.id and v.member_id = :viewerId) as mine
    from polls p
    where p.thread_id = :threadId
  `,
);

/** Locks the poll to serialise votes of the same member. */
export const lockPoll = statement<
  { threadId: string },
  { id: string; several: boolean; closesAt: Date | null }
>(
  'polls.lock',
  `
    select id, several, closes_at as "closesAt"
    from polls
    where thread_id = :threadId
    for update
  `,
);

export const insertPoll = statement<
  {
    threadId: string;
    question: string;
    several: boolean;
    results: string;
    closesAt: Date | null;
    options: readonly string[];
    now: Date;
  },
  object
>(
  'polls.insert',
  `
    with p as (
      insert into polls (thread_id, question, several, results, closes_at, created_at)
      values (:threadId, :question, :several, :results, :closesAt, :now)
      returning id
    )
    insert into poll_options (poll_id, position, text)
    select p.id, o.position, o.text
    from p
    cross join unnest(:options::text[]) with ordinality as o (text, position)
  `,
);

export const deleteVotes = statement<{ pollId: string; memberId: string }, object>(
  'polls.delete-votes',
  `
    delete from poll_votes v
    using poll_options o
    where o.id = v.option_id and o.poll_id = :pollId and v.member_id = :memberId
  `,
);

/** Ignores options of other polls. */
export const insertVotes = statement<
  { pollId: string; memberId: string; options: readonly string[]; now: Date },
  { id: string }
>(
  'polls.insert-votes',
  `
    insert into poll_votes (option_id, member_id, voted_at)
    select o.id, :memberId, :now
    from poll_options o
    where o.poll_id = :pollId and o.id = any(:options::bigint[])
    returning option_id as id
  `,
);
