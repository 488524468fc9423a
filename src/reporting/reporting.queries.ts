import { pollTextOf } from '../polls/poll-text.js';
import { statement } from '../kernel/sql.js';
import type { ReportersRecord } from './assess-report.js';

/** The outcomes of a reporter's earlier reports, in particular those about the author of a post. */
export const reportersRecord = statement<
  {
    reporter: string;
    reportedPost: string;
    concerns: readonly string[];
    hiding: readonly string[];
    sinceDay: Date;
    since: Date;
  },
  ReportersRecord
>(
  'reporting.record',
  `
    select (select count(*)::int
      from reports r
      join posts x on x.id = r.post_id
      where r.reporter_id = :reporter
        and x.author_id = p.author_id
        and r.reason = any(:concerns)
        and r.outcome = 'no-action'
        and r.created_at > :since) as "groundlessConcerns",
          (select count(*)::int
            from reports r
            join posts x on x.id = r.post_id
            where r.reporter_id = :reporter
              and x.author_id = p.author_id
              and r.reason = any(:concerns)
              and r.created_at > :sinceDay) as "concernsToday",
          (select count(*)::int
            from reports r
            where r.reporter_id = :reporter
              and r.reason = any(:hiding)
              and r.outcome = 'no-action'
              and r.created_at > :since) as "groundlessHides",
          (select m.created_at > :sinceDay from members m where m.id = :reporter) as newcomer
   from posts p where p.id = :reportedPost`,
);

export interface Snapshot {
  title: string;
  body: string;
  summary: string;
  contentWarnings: string[];
  version: number;
}

/** The text at the time of the report; for a withdrawn post, its last version. */
export const snapshot = statement<{ postId: string }, Snapshot>(
  'reporting.snapshot',
  `
    select t.title, case
      when p.status = 'withdrawn' then coalesce(v.body, '')
      else p.body end || ${pollTextOf('p')} as body, p.summary, p.content_warnings as "contentWarnings", p.version
   from posts p join threads t on t.id = p.thread_id
   left join lateral (select body
     from post_versions w
     where w.post_id = p.id
     order by w.version desc
     limit 1) v on true
   where p.id = :postId`,
);

/** The text of a strategy at the time of the report, as its author can change or withdraw it. */
export const strategySnapshot = statement<{ strategyId: string }, { title: string; body: string }>(
  'reporting.strategy-snapshot',
  `
    select name as title, concat_ws(E'\\n', summary, array_to_string(steps, E'\\n')) as body
    from coping_strategies
    where id = :strategyId
  `,
);

export const moderatesCommunity = statement<
  { memberId: string; communityId: string | null },
  { one: number }
>(
  'reporting.moderates-place',
  `select 1 as one from memberships
   where member_id = :memberId
     and community_id = :communityId
     and role = 'moderator'
     and state = 'active'`,
);

export interface ReportRow {
  id: string;
  number: string;
  reason: string;
  note: string;
  outcome: string | null;
  answeredAt: Date | null;
  createdAt: Date;
  caseId: string;
  postId: string | null;
  communityId: string | null;
  state: string;
  tier: string;
  dueAt: Date;
}

const COLUMNS = `r.id, r.number, r.reason, r.note, r.outcome, r.answered_at as "answeredAt",
  r.created_at as "createdAt", r.case_id as "caseId", r.post_id as "postId",
  c.community_id as "communityId", c.state, c.tier, c.due_at as "dueAt"`;

/** A reporter's own reports, newest first. */
export const ownReports = statement<{ reporter: string; id: string; limit: number }, ReportRow>(
  'reporting.mine',
  `
    select ${COLUMNS}
    from reports r
    join review_cases c on c.id = r.case_id
    where r.reporter_id = :reporter and r.id < :id
    order by r.id desc
    limit :limit
  `,
);

export const ownReport = statement<{ viewerId: string; number: string }, ReportRow>(
  'reporting.one',
  `
    select ${COLUMNS}
    from reports r
    join review_cases c on c.id = r.case_id
    where r.reporter_id = :viewerId and r.number = :number
  `,
);

/** SQL of a note with another one added, unless it says the same already. */
export function noteWith(note: string, added: string): string {
  return `case when position(${added} in ${note}) > 0 then ${note}
    else concat_ws(E'\\n\\n', nullif(${note}, ''), ${added}) end`;
}

/** Adds to the note of a report. */
export const addToNote = statement<{ number: string; note: string }, never>(
  'reporting.add-to-note',
  `
    update reports
    set note = ${noteWith('note', ':note::text')}
    where number = :number
  `,
);

/** The viewer's open report on the same post for the same reason. */
export const earlierReport = statement<
  { viewerId: string; postId: string; reason: string },
  { number: string }
>(
  'reporting.earlier',
  `
    select r.number
    from reports r
    join review_cases c on c.id = r.case_id
    where r.reporter_id = :viewerId
      and r.post_id = :postId
      and r.reason = :reason
      and c.state = 'open'
  `,
);
