import { statement } from '../kernel/sql.js';
import type { CaseTier } from '../safety/risk.js';

export interface CardRow {
  id: string;
  answers: ('hidden' | 'safe' | 'need-now')[];
  /** Of the newest case about it. */
  state: 'open' | 'closed' | null;
  caseTier: CaseTier | null;
  read: boolean;
  claimed: boolean;
  /** Its author keeps a plan for such times. */
  plan: boolean;
}

/** What its author is told about a post. $1 post ids, $2 now */
export const cardFacts = statement<CardRow>(
  'posts.card-facts',
  `select p.id, (select coalesce(array_agg(a.answer), '{}') from author_answers a where a.post_id = p.id) as answers,
          rc.state, rc.tier as "caseTier", rc.first_read_at is not null as read, coalesce(rc.claimed_until > $2, false) as claimed,
          exists (select 1 from safety_plans s where s.member_id = p.author_id and s.plan is not null) as plan
   from posts p left join lateral (select * from review_cases c where c.post_id = p.id and c.kind = 'post' order by c.id desc limit 1) rc on true
   where p.id = any($1::bigint[])`,
);

/** $1 post, $2 whether the author takes them */
export const suggestion = statement(
  'posts.suggestion',
  `update posts set content_warnings = case when $2 then array(select distinct unnest(content_warnings || suggested_notes)) else content_warnings end,
     suggested_notes = '{}', version = version + case when $2 then 1 else 0 end
   where id = $1 and suggested_notes <> '{}'`,
);
