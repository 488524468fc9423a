import { MINUTE } from '../../kernel/clock.js';
import { statement } from '../../kernel/sql.js';
import type { CaseTier } from '../../triage/risk.js';

/** Something that a moderator did with a case. */
export interface ModeratorAction {
  readonly caseId: string;
  readonly tier: CaseTier;
  readonly deed: string;
  readonly at: Date;
}

export interface Exposure {
  /** Urgent and crisis cases of this shift. */
  readonly hard: number;
  readonly crisis: number;
  readonly minutes: number;
  readonly limit: 'none' | 'break' | 'stop';
}

/** Proposals, as no published guidance gives numbers. */
export const BREAK = { hard: 5, minutes: 45 } as const;
export const STOP = { crisis: 10, minutes: 120 } as const;

/**
 * Nobody knows how long somebody looks at a page: until their next deed, and a quarter of an hour
 * at the most.
 */
const LONGEST_LOOK = 15 * MINUTE;
const OPENS = ['case.read', 'case.claimed'];

/** @param deeds of one person, in order */
export function exposureOf(deeds: readonly ModeratorAction[], now: Date): Exposure {
  const hard = new Set<string>();
  const crisis = new Set<string>();
  let time = 0;
  deeds.forEach((one, at) => {
    if (one.tier !== 'urgent' && one.tier !== 'crisis') return;
    if (one.deed === 'case.read' || one.deed === 'case.decided') hard.add(one.caseId);
    if (hard.has(one.caseId) && one.tier === 'crisis') crisis.add(one.caseId);
    const next = deeds[at + 1]?.at ?? now;
    if (OPENS.includes(one.deed))
      time += Math.min(LONGEST_LOOK, Math.max(0, next.getTime() - one.at.getTime()));
  });
  const minutes = Math.round(time / MINUTE);
  const stop = crisis.size >= STOP.crisis || minutes >= STOP.minutes;
  return {
    hard: hard.size,
    crisis: crisis.size,
    minutes,
    limit: stop ? 'stop' : hard.size >= BREAK.hard || minutes >= BREAK.minutes ? 'break' : 'none',
  };
}

export interface ModeratorActionRow extends ModeratorAction {
  who: string;
}

/** Since the beginning of the shift that each is on, or for four hours. */
export const actionsInShift = statement<
  { whose: readonly string[]; now: Date },
  ModeratorActionRow
>(
  'moderation.deeds-of-shift',
  `select l.actor_id as who, l.case_id as "caseId", rc.tier, l.deed, l.created_at as at
   from unnest(:whose::bigint[]) w (id)
   cross join lateral (select coalesce((select min(s.starts_at)
     from shifts s
     where s.member_id = w.id and s.starts_at <= :now and s.ends_at > :now),
     :now::timestamptz - interval '4 hours') as since) x
   join moderation_log l on l.actor_id = w.id
     and l.created_at >= x.since
     and l.deed in ('case.read', 'case.claimed', 'case.decided', 'case.passed', 'case.released')
   join review_cases rc on rc.id = l.case_id
   order by l.id`,
);
