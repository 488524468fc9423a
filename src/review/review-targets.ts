import { later, MINUTE } from '../kernel/clock.js';
import { isModeratedNow, moderatedFrom, type ModeratedHours } from './moderated-hours.js';
import type { CaseTier, Tier } from '../triage/risk.js';

/** How soon a person should have read something. */
export interface Target {
  readonly minutes: number;
  /** Counted from when somebody is there; otherwise at any hour. */
  readonly staffed: boolean;
}

const HOURS = 60;

/**
 * Until a person has read it. Proposals, as no published guidance gives numbers. Whoever is on call
 * is paged for a crisis at any hour, so its time runs at any hour; what was not screened is treated
 * as watch.
 */
export const READ_WITHIN: Readonly<Record<CaseTier, Target>> = {
  crisis: { minutes: 10, staffed: false },
  urgent: { minutes: 60, staffed: true },
  watch: { minutes: 12 * HOURS, staffed: false },
  unknown: { minutes: 12 * HOURS, staffed: false },
  none: { minutes: 24 * HOURS, staffed: false },
};

/** How long a crisis post is held while somebody is there; then it goes to the next person. */
export const CRISIS_HOLD: Target = { minutes: 10, staffed: true };

/** How long any other held post waits at the most. */
export const HELD_WITHIN: Target = { minutes: 12 * HOURS, staffed: false };

/**
 * Reasons for a report: what the case is at the least, who should see it, how soon. `hides`: taken
 * from sight before it is read.
 */
export interface ReportReason {
  readonly floor: Tier;
  readonly goesTo: 'on-call' | 'queue' | 'safeguarding' | 'admin';
  readonly target: Target;
  readonly hides?: true;
}

const within = (minutes: number, staffed = true): Target => ({ minutes, staffed });

/** Worry about somebody: never a complaint, and never told to them. */
export const CONCERNS = {
  'danger-now': { floor: 'urgent', goesTo: 'on-call', target: within(10, false) },
  'self-harm': { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
  abuse: { floor: 'urgent', goesTo: 'queue', target: within(60) },
  child: { floor: 'urgent', goesTo: 'safeguarding', target: within(60) },
  'other-worry': { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
} as const satisfies Record<string, ReportReason>;

/** A rule that is broken. */
export const COMPLAINTS = {
  methods: { floor: 'urgent', goesTo: 'on-call', target: within(30) },
  threats: { floor: 'urgent', goesTo: 'queue', target: within(60), hides: true },
  sexual: { floor: 'urgent', goesTo: 'safeguarding', target: within(60) },
  'personal-details': { floor: 'urgent', goesTo: 'queue', target: within(60), hides: true },
  bullying: { floor: 'urgent', goesTo: 'queue', target: within(4 * HOURS) },
  eating: { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
  medication: { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
  misinformation: { floor: 'watch', goesTo: 'queue', target: within(24 * HOURS, false) },
  spam: { floor: 'none', goesTo: 'queue', target: within(24 * HOURS, false) },
  other: { floor: 'watch', goesTo: 'queue', target: within(24 * HOURS, false) },
} as const satisfies Record<string, ReportReason>;

/** Reported as against the law, with or without an account. */
export const ILLEGAL: ReportReason = { floor: 'urgent', goesTo: 'admin', target: within(60) };

export type ReasonKey = keyof typeof CONCERNS | keyof typeof COMPLAINTS;
export const REPORT_REASONS: Readonly<Record<ReasonKey, ReportReason>> = {
  ...CONCERNS,
  ...COMPLAINTS,
};

export function isConcern(reason: string): reason is keyof typeof CONCERNS {
  return Object.hasOwn(CONCERNS, reason);
}

/** Somebody may be in danger at this moment: never refused, and first in the queue. */
export function isDanger(reason: string): boolean {
  return reason === 'danger-now';
}

const ORDER: readonly CaseTier[] = ['none', 'unknown', 'watch', 'urgent', 'crisis'];

/** Which of two is read first: negative where `a` may wait longer. */
export function compareTiers(a: CaseTier, b: CaseTier): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}

export function higherTier(a: CaseTier, b: CaseTier): CaseTier {
  return compareTiers(a, b) >= 0 ? a : b;
}

/** When a target is up. @param hours null where the thing belongs to no community */
export function dueBy(target: Target, hours: ModeratedHours | null, now: Date): Date {
  const from =
    target.staffed && hours !== null && !isModeratedNow(hours, now)
      ? (moderatedFrom(hours, now) ?? now)
      : now;
  return later(from, target.minutes * MINUTE);
}
