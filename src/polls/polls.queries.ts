import { statement } from '../kernel/sql.js';

/**
 * Counts are rounded down to multiples of this, and of an open poll they change once for so many
 * voters: a small count, or one that changes with a single vote, could reveal who chose what.
 */
export const VOTERS_PER_STEP = 5;

export interface PollRow {
  id: string;
  question: string;
  several: boolean;
  results: 'voted' | 'closed';
  closesAt: Date | null;
  /** Number of members who voted. */
  voters: number;
  /** With the votes of the first voters, in full steps until the poll is closed. */
  options: { id: string; text: string; votes: number }[];
  /** The viewer's choices. */
  mine: string[];
}

export const pollOf = statement<{ threadId: string; viewerId: string | null; now: Date }, PollRow>(
  'polls.of-thread',
  `
    select p.id, p.question, p.several, p.results, p.closes_at as "closesAt",
      cardinality(w.voters) as voters,
      (select json_agg(json_build_object('id', o.id::text, 'text', o.text, 'votes',
          (select count(*)
            from poll_votes v
            where v.option_id = o.id
              and v.member_id = any(case when p.closes_at <= :now
                then w.voters
                else w.voters[1:(cardinality(w.voters) - cardinality(w.voters) % ${VOTERS_PER_STEP})] end)))
          order by o.position)
        from poll_options o
        where o.poll_id = p.id) as options,
      array(select v.option_id::text
        from poll_options o
        join poll_votes v on v.option_id = o.id
        where o.poll_id = p.id and v.member_id = :viewerId) as mine
    from polls p
    cross join lateral (select coalesce(array_agg(x.member_id order by x.at, x.member_id), '{}')
        as voters
      from (select v.member_id, min(v.voted_at) as at
        from poll_options o
        join poll_votes v on v.option_id = o.id
        where o.poll_id = p.id
        group by v.member_id) x) w
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

export const deleteVotes = statement<{ pollId: string; memberId: string }, { votedAt: Date }>(
  'polls.delete-votes',
  `
    delete from poll_votes v
    using poll_options o
    where o.id = v.option_id and o.poll_id = :pollId and v.member_id = :memberId
    returning v.voted_at as "votedAt"
  `,
);

/** Ignores options of other polls. */
export const insertVotes = statement<
  { pollId: string; memberId: string; options: readonly string[]; at: Date },
  { id: string }
>(
  'polls.insert-votes',
  `
    insert into poll_votes (option_id, member_id, voted_at)
    select o.id, :memberId, :at
    from poll_options o
    where o.poll_id = :pollId and o.id = any(:options::bigint[])
    returning option_id as id
  `,
);
