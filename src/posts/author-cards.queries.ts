import { statement } from '../kernel/sql.js';
import { keepsHelp } from '../review/after-care.js';

export interface CardRow {
  id: string;
  /** The author put the note away. */
  hidden: boolean;
  /** When the author last said so, since the case was opened. */
  safeAt: Date | null;
  askedAt: Date | null;
  /** The way to help stays: see `CARE_STAYS`. */
  cared: boolean;
  /**
   * Of the newest case that the post itself gave reason for. One that others asked for is never
   * told to its author, by nothing that comes or goes.
   */
  state: 'open' | 'closed' | null;
  read: boolean;
  claimed: boolean;
  /** Its author keeps a plan for such times. */
  plan: boolean;
  /** The author locked their private pages: a link leads there, nothing of them is shown here. */
  locked: boolean;
  /** Of its words, what an edit sends. */
  body: string;
  summary: string;
  notes: string[];
  version: number;
}

/** What its author is told about a post. */
export const cardFacts = statement<{ postIds: readonly string[]; now: Date; since: Date }, CardRow>(
  'posts.card-facts',
  `
    select p.id, coalesce(said.hidden, false) as hidden, said.safe as "safeAt",
      said.asked as "askedAt",
          ${keepsHelp('p', ':since')} as cared,
          rc.state, rc.first_read_at is not null as read,
            coalesce(rc.claimed_until > :now, false) as claimed,
          exists (select 1
            from safety_plans s
            where s.member_id = p.author_id and s.plan is not null) as plan,
          exists (select 1
            from toolkit_settings x
            where x.member_id = p.author_id and x.lock_minutes is not null) as locked,
          p.body, p.summary, p.content_warnings as notes, p.version
   from posts p
   left join lateral (select * from review_cases c where c.post_id = p.id and c.kind = 'post'
     and exists (select 1
       from case_reasons r
       where r.case_id = c.id and r.source in ('triage', 'hold', 'author'))
     order by c.id desc
     limit 1) rc on true
   left join lateral (
     select bool_or(a.answer = 'hidden') as hidden,
            max(a.answered_at) filter (where a.answer = 'safe') as safe,
            max(a.answered_at) filter (where a.answer = 'need-now') as asked
     from author_answers a
     where a.post_id = p.id and a.answered_at >= coalesce(rc.opened_at, a.answered_at)) said on true
   where p.id = any(:postIds::bigint[])`,
);

export interface OwnPostRow {
  threadId: string;
  number: number;
  status: string;
  communityId: string;
}

/**
 * A post of the viewer's own, whatever became of it and of its place: somebody who needs a person
 * needs one all the same.
 */
export const ownPost = statement<{ id: string; viewerId: string }, OwnPostRow>(
  'posts.own-post',
  `select p.thread_id as "threadId", p.number, p.status, t.community_id as "communityId"
   from posts p join threads t on t.id = p.thread_id
   where p.id = :id and p.author_id = :viewerId`,
);

export const suggestion = statement<{ id: string; value2: boolean }, object>(
  'posts.suggestion',
  `
    update posts
    set content_warnings = case
      when :value2 then array(select distinct unnest(content_warnings || suggested_notes))
      else content_warnings end,
     suggested_notes = '{}', version = version + case when :value2 then 1 else 0 end
   where id = :id and suggested_notes <> '{}'`,
);
