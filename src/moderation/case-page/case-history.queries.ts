import { statement } from '../../kernel/sql.js';

export interface TimelineRow {
  kind: 'log' | 'note';
  action: string;
  who: string | null;
  text: string;
  at: Date;
}

/** Actions on the case and its notes, oldest first. */
export const caseTimeline = statement<{ id: string }, TimelineRow>(
  'moderation.case-timeline',
  `select * from (
     select 'log' as kind, l.deed as action, m.handle::text as who, l.reason as text,
       l.created_at as at, l.id
     from moderation_log l
     left join members m on m.id = l.actor_id
     where l.case_id = :id
     union all
     select 'note', 'case.noted', m.handle::text, n.body, n.created_at, n.id
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
 * Past decisions about the same author since a given time. For a post under an alias, only
 * decisions about that alias: any other would reveal who is behind it.
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
  mine: boolean;
}

/** The decisions of a case; for an appeal, also the decision that is appealed. */
export const caseDecisions = statement<{ id: string; viewerId: string }, CaseDecisionRow>(
  'moderation.case-decisions',
  `
    select d.id, d.number, d.action, d.rule, d.reason, a.handle::text as who,
      s.handle::text as second, d.created_at as at, d.reversed_at is not null as reversed,
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

/** Open requests for a second person: a proposal to confirm and a closed crisis to review. */
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

/** Messages between the team and the member, oldest first. */
export const caseMessages = statement<{ id: string }, MessageRow>(
  'moderation.case-messages',
  `
    select x.body, x.from_team as "fromTeam", x.created_at as at, x.decision_id as "decisionId"
    from decision_messages x
    join decisions d on d.id = x.decision_id
   where d.case_id = :id or d.id = (select decision_id from review_cases where id = :id)
   order by x.id`,
);
