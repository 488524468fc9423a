import { later, MINUTE } from '../kernel/clock.js';
import { isModeratedNow, moderatedFrom, type ModeratedHours } from './moderated-hours.js';
import type { CaseTier, Tier } from '../triage/risk.js';

/** A deadline for a moderator to read something. */
export interface Target {
  readonly minutes: number;
  /** Whether the time runs only within moderated hours; otherwise at any hour. */
  readonly staffed: boolean;
}

const HOURS = 60;

/**
 * Targets by tier. They are our own proposals: no published guidance gives numbers. Moderators on
 * call are paged for a crisis at any hour, so its time always runs. An unscreened text has the
 * target of watch.
 */
export const READ_WITHIN: Readonly<Record<CaseTier, Target>> = {
  crisis: { minutes: 10, staffed: false },
  urgent: { minutes: 60, staffed: true },
  watch: { minutes: 12 * HOURS, staffed: false },
  unknown: { minutes: 12 * HOURS, staffed: false },
  none: { minutes: 24 * HOURS, staffed: false },
};

/** How long a post is held for a crisis within moderated hours before it is escalated. */
export const CRISIS_HOLD: Target = { minutes: 10, staffed: true };

/** How long any other post is held before it is escalated. */
export const HELD_TARGET: Target = { minutes: 12 * HOURS, staffed: false };

/**
 * A reason for a report: the minimum tier of its case, who should see it, and the deadline.
 * `hides`: the post is hidden until a moderator has read it.
 */
export interface ReportReason {
  readonly floor: Tier;
  readonly goesTo: 'on-call' | 'queue' | 'safeguarding' | 'admin';
  readonly target: Target;
  readonly hides?: true;
}

const within = (minutes: number, staffed = true): Target => ({ minutes, staffed });

/** Concerns about a person. They are never complaints, and the person is never notified of them. */
export const CONCERNS = {
  'danger-now': { floor: 'urgent', goesTo: 'on-call', target: within(10, false) },
  'self-harm': { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
  abuse: { floor: 'urgent', goesTo: 'queue', target: within(60) },
  child: { floor: 'urgent', goesTo: 'safeguarding', target: within(60) },
  'other-worry': { floor: 'watch', goesTo: 'queue', target: within(12 * HOURS, false) },
} as const satisfies Record<string, ReportReason>;

/** Complaints about a broken rule. */
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

/** A report of illegal content, with or without an account. */
export const ILLEGAL: ReportReason = { floor: 'urgent', goesTo: 'admin', target: within(60) };

export type ReasonKey = keyof typeof CONCERNS | keyof typeof COMPLAINTS;
export const REPORT_REASONS: Readonly<Record<ReasonKey, ReportReason>> = {
  ...CONCERNS,
  ...COMPLAINTS,
};

export function isConcern(reason: string): reason is keyof typeof CONCERNS {
  return Object.hasOwn(CONCERNS, reason);
}

/**
 * Somebody may be in immediate danger: such a report is never refused, and comes first in the
 * queue.
 */
export function isDanger(reason: string): boolean {
  return reason === 'danger-now';
}

const ORDER: readonly CaseTier[] = ['none', 'unknown', 'watch', 'urgent', 'crisis'];

/** Comparator: negative if `a` is less urgent than `b`. */
export function compareTiers(a: CaseTier, b: CaseTier): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}

export function higherTier(a: CaseTier, b: CaseTier): CaseTier {
  return compareTiers(a, b) >= 0 ? a : b;
}

/** The deadline of a target. @param hours null for a subject without a community */
export function dueBy(target: Target, hours: ModeratedHours | null, now: Date): Date {
  const from =
    target.staffed && hours !== null && !isModeratedNow(hours, now)
      ? (moderatedFrom(hours, now) ?? now)
      : now;
  return later(from, target.minutes * MINUTE);
}
