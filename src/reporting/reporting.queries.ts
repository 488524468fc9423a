import { statement } from '../kernel/sql.js';
import type { ReportersRecord } from './weigh-report.js';

/**
 * $1 reporter, $2 reported post, $3 reasons that are worries, $4 reasons that hide, $5 since a day,
 * $6 since when it counts
 */
export const reportersRecord = statement<ReportersRecord>(
  'reporting.record',
  `
    select (select count(*)::int
      from reports r
      join posts x on x.id = r.post_id
      where r.reporter_id = $1
        and x.author_id = p.author_id
        and r.reason = any($3)
        and r.outcome = 'no-action'
        and r.created_at > $6) as "groundlessWorries",
          (select count(*)::int
            from reports r
            join posts x on x.id = r.post_id
            where r.reporter_id = $1
              and x.author_id = p.author_id
              and r.reason = any($3)
              and r.created_at > $5) as "worriesToday",
          (select count(*)::int
            from reports r
            where r.reporter_id = $1
              and r.reason = any($4)
              and r.outcome = 'no-action'
              and r.created_at > $6) as "groundlessHides",
          (select m.created_at > $5 from members m where m.id = $1) as newcomer
   from posts p where p.id = $2`,
);

export interface Snapshot {
  title: string;
  body: string;
  summary: string;
  contentWarnings: string[];
  version: number;
}

/** What stood there when it was reported; of a post that was taken back, its last words. $1 post */
export const snapshot = statement<Snapshot>(
  'reporting.snapshot',
  `
    select t.title, case
      when p.status = 'withdrawn' then coalesce(v.body, '')
      else p.body end as body, p.summary, p.content_warnings as "contentWarnings", p.version
   from posts p join threads t on t.id = p.thread_id
   left join lateral (select body
     from post_versions w
     where w.post_id = p.id
     order by w.version desc
     limit 1) v on true
   where p.id = $1`,
);

/** $1 member, $2 community or null */
export const moderatesPlace = statement<{ one: number }>(
  'reporting.moderates-place',
  `select 1 as one from memberships
   where member_id = $1 and community_id = $2 and role = 'moderator' and state = 'active'`,
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

const COLUMNS = `r.id, r.number, r.reason, r.note, r.outcome, r.answered_at as "answeredAt", r.created_at as "createdAt", r.case_id as "caseId", r.post_id as "postId",
  c.community_id as "communityId", c.state, c.tier, c.due_at as "dueAt"`;

/** $1 reporter, $2 older than this id, $3 how many */
export const myReports = statement<ReportRow>(
  'reporting.mine',
  `
    select ${COLUMNS}
    from reports r
    join review_cases c on c.id = r.case_id
    where r.reporter_id = $1 and r.id < $2
    order by r.id desc
    limit $3
  `,
);

/** $1 reporter, $2 number */
export const myReport = statement<ReportRow>(
  'reporting.one',
  `
    select ${COLUMNS}
    from reports r
    join review_cases c on c.id = r.case_id
    where r.reporter_id = $1 and r.number = $2
  `,
);
