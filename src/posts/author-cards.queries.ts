import { statement } from '../kernel/sql.js';

export interface CardRow {
  id: string;
  answers: ('hidden' | 'safe' | 'need-now')[];
  /** Of the newest case that the post itself gave reason for. One that others asked for is never told to its author, by nothing that comes or goes. */
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

/** What its author is told about a post. $1 post ids, $2 now */
export const cardFacts = statement<CardRow>(
  'posts.card-facts',
  `select p.id, (select coalesce(array_agg(a.answer), '{}') from author_answers a where a.post_id = p.id and a.answered_at >= coalesce(rc.opened_at, a.answered_at)) as answers,
          rc.state, rc.first_read_at is not null as read, coalesce(rc.claimed_until > $2, false) as claimed,
          exists (select 1 from safety_plans s where s.member_id = p.author_id and s.plan is not null) as plan,
          exists (select 1 from toolkit_settings x where x.member_id = p.author_id and x.lock_minutes is not null) as locked,
          p.body, p.summary, p.content_warnings as notes, p.version
   from posts p left join lateral (select * from review_cases c where c.post_id = p.id and c.kind = 'post'
     and exists (select 1 from case_reasons r where r.case_id = c.id and r.source in ('triage', 'hold', 'author')) order by c.id desc limit 1) rc on true
   where p.id = any($1::bigint[])`,
);

/** $1 post, $2 whether the author takes them */
export const suggestion = statement(
  'posts.suggestion',
  `update posts set content_warnings = case when $2 then array(select distinct unnest(content_warnings || suggested_notes)) else content_warnings end,
     suggested_notes = '{}', version = version + case when $2 then 1 else 0 end
   where id = $1 and suggested_notes <> '{}'`,
);
