import { HOUR, later, MINUTE } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';

export const DUTIES = ['primary', 'second', 'lead'] as const;
export type Duty = (typeof DUTIES)[number];

/** The reasons for which people are called. */
export type EscalationChain = 'crisis' | 'urgent' | 'middle' | 'second-person';

export type EscalationStep =
  'first' | 'second' | 'lead' | 'unclaimed' | 'due' | 'handed-on' | 'asked' | 'admins' | 'again';

export interface EscalationPlan {
  /**
   * Each step with its delay after the previous one; the first delay counts from the start of the
   * chain.
   */
  readonly steps: readonly (readonly [step: EscalationStep, wait: number])[];
  /** Delays between the repeated calls after the last step; the final one repeats. */
  readonly again: readonly number[];
  /**
   * Repeats are aligned to multiples of this interval, so that those of many cases share one email.
   */
  readonly mark: number;
  /** Whether people who are not on shift are called, at any hour. */
  readonly anyHour: boolean;
}

/** The escalation policy. The delays are our own proposals: no published guidance gives numbers. */
export const ESCALATION_POLICY: Readonly<Record<EscalationChain, EscalationPlan>> = {
  crisis: {
    steps: [
      ['first', 0],
      ['second', 5 * MINUTE],
      ['lead', 5 * MINUTE],
      ['admins', 5 * MINUTE],
    ],
    again: [10 * MINUTE, 20 * MINUTE, 30 * MINUTE],
    mark: 5 * MINUTE,
    anyHour: true,
  },
  urgent: {
    steps: [
      ['unclaimed', 0],
      ['lead', 30 * MINUTE],
      ['admins', HOUR],
    ],
    again: [HOUR, 2 * HOUR],
    mark: HOUR,
    anyHour: false,
  },
  middle: {
    steps: [
      ['due', 0],
      ['admins', 12 * HOUR],
    ],
    again: [24 * HOUR],
    mark: 6 * HOUR,
    anyHour: false,
  },
  'second-person': {
    steps: [
      ['asked', 0],
      ['lead', 30 * MINUTE],
      ['admins', 30 * MINUTE],
    ],
    again: [HOUR, 2 * HOUR],
    mark: 30 * MINUTE,
    anyHour: true,
  },
};

/** How long an urgent case waits before the first call. */
export const UNCLAIMED_AFTER = 30 * MINUTE;

/** How long after its due time a case that waits for a shift is passed to the administrators. */
export const OVERDUE_ESCALATION_DELAY = HOUR;

/** A call that has been made. */
export interface SentAlert {
  readonly step: EscalationStep;
  readonly round: number;
  readonly at: Date;
}

/** An unclaimed case, as input to the policy. */
export interface UnclaimedCase {
  readonly chain: EscalationChain;
  readonly dueAt: Date;
  /** When the newest reason for review arrived, or the second person was requested. */
  readonly raisedAt: Date;
  /** A moderator escalated it. */
  readonly handedOn: boolean;
  /** Calls made since the current chain began. */
  readonly calls: readonly SentAlert[];
}

/**
 * The chain of a case; null if it raises no alarm.
 * @param danger whether somebody reported immediate danger, regardless of the tier
 */
export function chainOf(tier: CaseTier, danger: boolean): EscalationChain | null {
  if (tier === 'crisis' || danger) return 'crisis';
  if (tier === 'urgent') return 'urgent';
  return tier === 'none' ? null : 'middle';
}

/** The call to make now; null if none is due. */
export function dueAlert(
  one: UnclaimedCase,
  now: Date,
): { step: EscalationStep; round: number } | null {
  const { steps, again, mark } = ESCALATION_POLICY[one.chain];
  const last = one.calls.reduce<SentAlert | null>(
    (latest, call) => (latest === null || call.at >= latest.at ? call : latest),
    null,
  );
  if (last === null) {
    const step = one.chain === 'urgent' && one.handedOn ? 'handed-on' : (steps[0]?.[0] ?? 'first');
    return startOf(one) <= now ? { step, round: 0 } : null;
  }
  // An escalated case skips the first step.
  const next =
    steps[
      Math.max(
        0,
        steps.findIndex(([step]) => step === last.step),
      ) + 1
    ];
  if (last.step !== 'again' && next !== undefined)
    return later(last.at, next[1]) <= now ? { step: next[0], round: 0 } : null;
  const wait = again[Math.min(last.round, again.length - 1)] ?? 0;
  const due = Math.ceil((last.at.getTime() + wait) / mark) * mark;
  return due <= now.getTime() ? { step: 'again', round: last.round + 1 } : null;
}

function startOf({ chain, dueAt, raisedAt, handedOn }: UnclaimedCase): Date {
  if (chain === 'middle') return dueAt;
  return chain === 'urgent' && !handedOn ? later(raisedAt, UNCLAIMED_AFTER) : raisedAt;
}

/** A person who may see the case. */
export interface Person {
  readonly id: string;
  readonly staff: boolean;
  readonly admin: boolean;
  /** Their current shift duty; null if they are off shift. */
  readonly duty: Duty | null;
  /** Passed on or escalated the case, or muted its topic: called only if nobody else can be. */
  readonly spared: boolean;
}

type Group = (person: Person) => boolean;

const onShift: Group = ({ duty }) => duty !== null;
const as =
  (wanted: Duty): Group =>
  ({ duty }) =>
    duty === wanted;
const staff: Group = (person) => person.staff;
const admin: Group = (person) => person.admin;
const onShiftOrAdmin: Group = (person) => onShift(person) || person.admin;
const anybody: Group = () => true;

/** Groups of people to call at each step; the first non-empty group is called. */
const GROUPS: Readonly<Record<EscalationStep, readonly Group[]>> = {
  first: [as('primary'), onShift, staff, anybody],
  second: [as('second'), onShift, staff, anybody],
  lead: [as('lead'), onShift, staff, anybody],
  unclaimed: [as('primary'), onShift],
  due: [as('lead'), onShift],
  'handed-on': [as('lead'), onShift, staff, anybody],
  asked: [onShift, staff, anybody],
  admins: [admin, staff, anybody],
  again: [onShiftOrAdmin, staff, anybody],
};

/** Steps that also call people who have already been called. */
const EVERYBODY: ReadonlySet<EscalationStep> = new Set(['admins', 'again']);
/** Steps that call at any hour, even in a chain that otherwise waits for a shift. */
const WAKING: ReadonlySet<EscalationStep> = new Set(['admins', 'again', 'handed-on']);

/**
 * The member ids to call at a step of the policy.
 * @param people everybody who may see the case
 * @param notified those already called in this chain; a later step prefers others
 */
export function selectResponders(
  chain: EscalationChain,
  step: EscalationStep,
  people: readonly Person[],
  notified: ReadonlySet<string>,
): string[] {
  const present =
    ESCALATION_POLICY[chain].anyHour || WAKING.has(step) ? people : people.filter(onShift);
  const fresh = EVERYBODY.has(step) ? present : present.filter(({ id }) => !notified.has(id));
  for (const among of [fresh.filter(({ spared }) => !spared), fresh, present]) {
    for (const group of GROUPS[step]) {
      const candidates = among.filter(group);
      if (candidates.length > 0) return candidates.map(({ id }) => id);
    }
  }
  return [];
}
