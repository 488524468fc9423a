import { MINUTE } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';

/** Something that a moderator did with a case, as the audit log has it. */
export interface ModeratorAction {
  readonly caseId: string;
  readonly tier: CaseTier;
  readonly action: string;
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
 * How long somebody reads a page is not measured: it counts until their next action, and for a
 * quarter of an hour at the most.
 */
const LONGEST_READ = 15 * MINUTE;
const OPENS = ['case.read', 'case.claimed'];

/** @param actions of one person, oldest first */
export function exposureOf(actions: readonly ModeratorAction[], now: Date): Exposure {
  const hard = new Set<string>();
  const crisis = new Set<string>();
  let time = 0;
  actions.forEach((one, at) => {
    if (one.tier !== 'urgent' && one.tier !== 'crisis') return;
    if (one.action === 'case.read' || one.action === 'case.decided') hard.add(one.caseId);
    if (hard.has(one.caseId) && one.tier === 'crisis') crisis.add(one.caseId);
    const next = actions[at + 1]?.at ?? now;
    if (OPENS.includes(one.action))
      time += Math.min(LONGEST_READ, Math.max(0, next.getTime() - one.at.getTime()));
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
