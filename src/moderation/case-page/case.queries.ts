import { statement } from '../../kernel/sql.js';
import type { Signal } from '../../triage/risk.js';

export interface CaseDetail {
  title: string | null;
  threadId: string | null;
  number: number | null;
  body: string | null;
  status: string | null;
  heldFor: string | null;
  notes: string[] | null;
  addedNotes: string[] | null;
  folded: boolean | null;
  membersOnly: boolean | null;
  postedAt: Date | null;
  editedAt: Date | null;
  aliasName: string | null;
  detached: boolean | null;
  /** Of the author, where no alias stands; of the member that the case is about. */
  handle: string | null;
  roleHere: string | null;
  since: Date | null;
  slug: string | null;
  communityName: string | null;
  replyWish: string | null;
  strategy: { slug: string; name: string } | null;
  signals: Signal[];
  rulesVersion: string | null;
  openedAt: Date;
  dueAt: Date;
  closedAt: Date | null;
  firstReadAt: Date | null;
  outcome: string | null;
}

export const caseDetail = statement<{ id: string }, CaseDetail>(
  'moderation.case-detail',
  `
    select t.title, t.id as "threadId", p.number, p.body, p.status, p.held_for as "heldFor",
      p.content_warnings as notes, p.added_notes as "addedNotes", p.folded,
      p.members_only as "membersOnly",
          p.created_at as "postedAt", p.edited_at as "editedAt", al.name as "aliasName",
            p.name_detached as detached, w.handle::text, wm.role as "roleHere",
            w.created_at as since,
          c.slug, c.name as "communityName", t.reply_wish as "replyWish",
            (select json_build_object('slug', x.slug, 'name', x.name)
              from coping_strategies x
              where x.id = rc.strategy_id) as strategy,
            rc.signals, rc.rules_version as "rulesVersion", rc.opened_at as "openedAt",
            rc.due_at as "dueAt", rc.closed_at as "closedAt",
          rc.first_read_at as "firstReadAt", rc.outcome
   from review_cases rc
   left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)
   left join thread_aliases al on al.id = p.alias_id
   left join members w on w.id = coalesce(rc.member_id, case when p.alias_id is null
     and not p.name_detached then p.author_id end)
   left join memberships wm on wm.member_id = w.id
     and wm.community_id = c.id
     and wm.state = 'active'
   where rc.id = :id`,
);

export interface CaseReasonRow {
  source: string;
  reason: string;
  at: Date;
}

export const caseReasons = statement<{ id: string }, CaseReasonRow>(
  'moderation.case-reasons',
  'select source, reason, created_at as at from case_reasons where case_id = :id order by id',
);

export interface ReportRow {
  number: string;
  reason: string;
  note: string;
  body: string | null;
  /** What somebody without an account named, and how to reach them: for administrators. */
  place: string | null;
  contact: string | null;
  at: Date;
}

/** The note and the wording at the time; never which member reported. */
export const caseReports = statement<{ id: string; viewerAdministers: boolean }, ReportRow>(
  'moderation.case-reports',
  `
    select r.number, r.reason, r.note, coalesce(r.snapshot->>'body', r.snapshot->>'text') as body,
      k.place, case
      when :viewerAdministers then nullif(concat_ws(', ', nullif(k.name, ''), nullif(k.email, '')),
        '') end as contact,
        r.created_at as at
   from reports r
   left join report_contacts k on k.report_id = r.id
   where r.case_id = :id
   order by r.id`,
);

export interface ContextRow {
  number: number;
  body: string;
  who: string | null;
  at: Date;
}

/** The opening, what was answered and the few posts before: what makes sense of the words. */
export const caseContext = statement<{ id: string }, ContextRow>(
  'moderation.case-context',
  `select x.number, x.body, coalesce(al.name, w.handle::text) as who, x.created_at as at
   from review_cases rc
   left join decisions od on od.id = rc.decision_id
   join posts p on p.id = coalesce(rc.post_id, od.post_id)
   join posts x on x.thread_id = p.thread_id and x.number <> p.number
   left join thread_aliases al on al.id = x.alias_id and not x.name_detached
   left join members w on w.id = x.author_id and x.alias_id is null and not x.name_detached
   where rc.id = :id
     and x.status in ('published', 'held', 'hidden')
     and (x.number = 1
       or x.number = p.reply_to_number
       or x.number between p.number - 3 and p.number + 2)
   order by x.number`,
);

export interface TimelineRow {
  kind: 'log' | 'note';
  deed: string;
  who: string | null;
  text: string;
  action: string | null;
  at: Date;
}

/** What was done and what colleagues say to each other, in one line of time. */
export const caseTimeline = statement<{ id: string }, TimelineRow>(
  'moderation.case-timeline',
  `select * from (
     select 'log' as kind, l.deed, m.handle::text as who, l.reason as text,
       l.detail->>'action' as action, l.created_at as at, l.id
     from moderation_log l
     left join members m on m.id = l.actor_id
     where l.case_id = :id
     union all
     select 'note', 'case.noted', m.handle::text, n.body, null, n.created_at, n.id
     from case_notes n
     left join members m on m.id = n.author_id
     where n.case_id = :id
   ) x order by at, id`,
);

export interface PastRow {
  caseId: string;
  action: string;
  rule: string;
  at: Date;
  endsAt: Date | null;
  reversed: boolean;
}

/**
 * What was decided about the same writer within 90 days. Of an alias only what concerned that
 * alias: anything else would say who it is.
 */
export const pastDecisions = statement<{ id: string; since: Date }, PastRow>(
  'moderation.past-decisions',
  `
    select d.case_id as "caseId", d.action, d.rule, d.created_at as at, d.ends_at as "endsAt",
      d.reversed_at is not null as reversed
   from review_cases rc
   left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   join decisions d on d.case_id <> rc.id
     and d.created_at > :since
     and d.action not in ('dismiss', 'escalate')
   left join posts dp on dp.id = d.post_id
   where rc.id = :id and case when p.alias_id is not null then dp.alias_id = p.alias_id
     else d.member_id = coalesce(rc.member_id, case when not p.name_detached then p.author_id end)
       and not coalesce((d.detail->>'alias')::boolean, false) end
   order by d.id desc limit 20`,
);

export interface MemberNoteRow {
  body: string;
  who: string | null;
  at: Date;
}

export const memberNotes = statement<{ handle: string }, MemberNoteRow>(
  'moderation.member-notes',
  `
    select n.body, a.handle::text as who, n.created_at as at
    from member_notes n
    join members m on m.id = n.member_id
    left join members a on a.id = n.author_id
    where m.handle = :handle::citext
    order by n.id desc
    limit 50
  `,
);

export interface CaseDecisionRow {
  id: string;
  number: string;
  action: string;
  rule: string;
  reason: string;
  who: string | null;
  second: string | null;
  at: Date;
  reversed: boolean;
  told: boolean;
  mine: boolean;
}

/** The decisions of a case, or for an appeal also the one it is about. */
export const caseDecisions = statement<{ id: string; viewerId: string }, CaseDecisionRow>(
  'moderation.case-decisions',
  `
    select d.id, d.number, d.action, d.rule, d.reason, a.handle::text as who,
      s.handle::text as second, d.created_at as at, d.reversed_at is not null as reversed,
      coalesce((d.detail->>'told')::boolean, false) as told,
      coalesce(d.actor_id = :viewerId, false) as mine
   from decisions d
   left join members a on a.id = d.actor_id
   left join members s on s.id = d.second_id
   where d.case_id = :id or d.id = (select decision_id from review_cases where id = :id)
   order by d.id`,
);

export interface AppealRow {
  appellant: string;
  statement: string;
  outcome: string | null;
  at: Date;
}

export const caseAppeals = statement<{ id: string }, AppealRow>(
  'moderation.case-appeals',
  `
    select appellant, statement, outcome, created_at as at
    from appeals
    where case_id = :id
    order by id
  `,
);

export interface WaitingRow {
  proposal: { id: string; form: Record<string, unknown>; who: string; mine: boolean } | null;
  followUp: { id: string; due: string; mine: boolean } | null;
}

/** What waits for a second person. */
export const caseWaiting = statement<{ id: string; viewerId: string }, WaitingRow>(
  'moderation.case-waiting',
  `
    select (select json_build_object('id', q.id::text, 'form', q.form, 'who', m.handle, 'mine',
      q.asked_by = :viewerId)
      from proposals q
      join members m on m.id = q.asked_by
      where q.case_id = :id and q.settled_at is null) as proposal,
          (select json_build_object('id', f.id::text, 'due', f.due_at, 'mine',
            d.actor_id = :viewerId)
            from follow_ups f
            join decisions d on d.id = f.decision_id
            where f.case_id = :id and f.done_at is null
            order by f.id
            limit 1) as "followUp"`,
);

export interface MessageRow {
  body: string;
  fromTeam: boolean;
  at: Date;
  decisionId: string;
}

/** What the team and the member wrote to each other. */
export const caseMessages = statement<{ id: string }, MessageRow>(
  'moderation.case-messages',
  `
    select x.body, x.from_team as "fromTeam", x.created_at as at, x.decision_id as "decisionId"
    from decision_messages x
    join decisions d on d.id = x.decision_id
   where d.case_id = :id or d.id = (select decision_id from review_cases where id = :id)
   order by x.id`,
);
