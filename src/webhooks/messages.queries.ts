import { statement, type Statement } from '../kernel/sql.js';
import type { WebhookMessage, WebhookType } from './webhook-types.js';

// These statements define the whole payload: ids as strings, and values of fixed lists.

const reportMessages = statement<{ id: string }, WebhookMessage>(
  'webhooks.report',
  `
    select 'report.received:' || r.id as key, r.created_at as at,
      json_build_object('report', r.id::text, 'case', rc.id::text, 'about', rc.kind,
        'reason', r.reason, 'tier', rc.tier) as data
    from reports r
    join review_cases rc on rc.id = r.case_id
    where r.id = :id
  `,
);

const decisionMessages = statement<{ id: string }, WebhookMessage>(
  'webhooks.decision',
  `
    select 'decision.made:' || d.id as key, d.created_at as at,
      json_build_object('decision', d.id::text, 'case', rc.id::text, 'about', rc.kind,
        'action', d.action, 'tier', rc.tier) as data
    from decisions d
    join review_cases rc on rc.id = d.case_id
    where d.id = :id
  `,
);

/**
 * The alarms of one run: one alarm represents all that were raised for a person in it, and several
 * people may be called for one reason.
 */
const alarmMessages = statement<{ id: string }, WebhookMessage>(
  'webhooks.alarm',
  `
    select distinct on (a.case_id, a.chain, a.since, a.step, a.round)
      concat_ws(':', 'alarm.raised', a.case_id, a.chain, extract(epoch from a.since), a.step,
        a.round) as key,
      a.raised_at as at,
      json_build_object('case', rc.id::text, 'about', rc.kind, 'chain', a.chain, 'step', a.step,
        'round', a.round, 'tier', rc.tier) as data
    from case_alarms f
    join case_alarms a on a.raised_at = f.raised_at
      and a.member_id is not distinct from f.member_id
    join review_cases rc on rc.id = a.case_id
    where f.id = :id
    order by a.case_id, a.chain, a.since, a.step, a.round, a.id
  `,
);

/** The messages for an event, by the id of its report, decision or alarm. */
export const MESSAGES: Readonly<Record<WebhookType, Statement<{ id: string }, WebhookMessage>>> = {
  'report.received': reportMessages,
  'decision.made': decisionMessages,
  'alarm.raised': alarmMessages,
};
