import { MINUTE } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';

/** A moderator's action on a case, as recorded in the audit log. */
export interface ModeratorAction {
  readonly caseId: string;
  readonly tier: CaseTier;
  readonly action: string;
  readonly at: Date;
}

export interface Exposure {
  /** Number of urgent and crisis cases in this shift. */
  readonly hard: number;
  readonly crisis: number;
  readonly minutes: number;
  readonly limit: 'none' | 'break' | 'stop';
}

/** Our own proposals: no published guidance gives numbers. */
export const BREAK_LIMITS = { hard: 5, minutes: 45 } as const;
export const STOP_LIMITS = { crisis: 10, minutes: 120 } as const;

/**
 * Reading time is not measured directly: it is the time until the next action, capped at a quarter
 * of an hour.
 */
const MAX_READING_TIME = 15 * MINUTE;
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
      time += Math.min(MAX_READING_TIME, Math.max(0, next.getTime() - one.at.getTime()));
  });
  const minutes = Math.round(time / MINUTE);
  const stop = crisis.size >= STOP_LIMITS.crisis || minutes >= STOP_LIMITS.minutes;
  return {
    hard: hard.size,
    crisis: crisis.size,
    minutes,
    limit: stop
      ? 'stop'
      : hard.size >= BREAK_LIMITS.hard || minutes >= BREAK_LIMITS.minutes
        ? 'break'
        : 'none',
  };
}
