import { titleForAuthorSql } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import type { Action } from '../core/actions.js';

export interface StatementRow {
  id: string;
  number: string;
  caseId: string;
  action: Action;
  rule: string;
  reason: string;
  message: string;
  foundBy: string;
  held: boolean;
  notes: string[] | null;
  scope: string | null;
  forever: boolean;
  endsAt: Date | null;
  /**
   * The post is less visible than its author left it, or the thread is locked, for whatever reason.
   */
  stillLimited: boolean;
  /** For a pause: until when all pauses together limit the account. */
  limitedUntil: Date | null;
  reversedAt: Date | null;
  createdAt: Date;
  second: boolean;
  body: string | null;
  postId: string | null;
  status: string | null;
  heldFor: string | null;
  threadId: string | null;
  postNumber: number | null;
  title: string | null;
  communityId: string | null;
  communityName: string | null;
  /** The role in which the viewer may read it. */
  as: 'author' | 'reporter';
  reportNumber: string | null;
  reportOutcome: string | null;
}

/** A decision for the member concerned, or its outcome for a reporter; no row for anybody else. */
export const statementOf = statement<{ id: string; viewerId: string }, StatementRow>(
  'moderation.statement',
  `
    select d.id, d.number, d.case_id as "caseId", d.action, d.rule, d.reason,
      coalesce(d.detail->>'message', '') as message, d.found_by as "foundBy",
      coalesce((d.detail->>'held')::boolean, false) as held,
          array(select jsonb_array_elements_text(coalesce(d.detail->'notes', '[]'))) as notes,
            d.detail->>'scope' as scope,
            coalesce((d.detail->>'forever')::boolean, false) as forever,
          d.ends_at as "endsAt",
          case d.action when 'lock' then t.locked_at is not null when 'move' then false
            else coalesce(p.status in ('held', 'hidden', 'removed')
              or p.folded
              or p.members_only, false) end as "stillLimited",
          case when d.action = 'suspend' then (
            select case
              when d.detail->>'scope' = 'read-only' then m.read_only_until
              else m.suspended_until end
            from members m where m.id = d.member_id
          ) end as "limitedUntil",
          d.reversed_at as "reversedAt", d.created_at as "createdAt",
            d.second_id is not null as second,
          p.body, p.id as "postId", p.status, p.held_for as "heldFor", p.thread_id as "threadId",
            p.number as "postNumber",
            case when d.member_id = :viewerId and p.author_id = :viewerId and p.number = 1
              then ${titleForAuthorSql('t')} else t.title end as title,
            c.id as "communityId", c.name as "communityName",
          case when d.member_id = :viewerId
            and coalesce((d.detail->>'told')::boolean, false) then 'author'
              else 'reporter' end as as,
          r.number as "reportNumber", r.outcome as "reportOutcome"
   from decisions d
   join review_cases rc on rc.id = d.case_id
   left join posts p on p.id = d.post_id
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)
   left join lateral (select number, outcome
     from reports r
     where r.case_id = d.case_id
       and r.reporter_id = :viewerId
       and r.answered_at is not null
       and r.created_at <= d.created_at
     order by r.id
     limit 1) r on true
   where d.id = :id and ((d.member_id = :viewerId and coalesce((d.detail->>'told')::boolean, false))
     or (r.number is not null
       and d.member_id is distinct from :viewerId
       and d.action not in ('reach-out', 'escalate')
       and not (d.detail ? 'appealOf')))`,
);

export interface OwnAppeal {
  statement: string;
  outcome: string | null;
  answer: string;
  createdAt: Date;
  decidedAt: Date | null;
}

export const ownAppeal = statement<{ decisionId: string; viewerId: string }, OwnAppeal>(
  'moderation.own-appeal',
  `
    select statement, outcome, answer, created_at as "createdAt", decided_at as "decidedAt"
    from appeals
    where decision_id = :decisionId and appellant_id = :viewerId
  `,
);

export interface OwnMessage {
  body: string;
  fromTeam: boolean;
  at: Date;
}

export const ownMessages = statement<{ decisionId: string }, OwnMessage>(
  'moderation.own-messages',
  `
    select body, from_team as "fromTeam", created_at as at
    from decision_messages
    where decision_id = :decisionId
    order by id
  `,
);

export interface OwnDecision {
  id: string;
  action: Action;
  createdAt: Date;
  endsAt: Date | null;
  reversed: boolean;
}

/** The decisions about a member that came with a statement, newest first. */
export const ownDecisions = statement<{ memberId: string }, OwnDecision>(
  'moderation.own-decisions',
  `
    select id, action, created_at as "createdAt", ends_at as "endsAt",
      reversed_at is not null as reversed
    from decisions
    where member_id = :memberId and coalesce((detail->>'told')::boolean, false)
    order by id desc
    limit 50
  `,
);
