import { later, MINUTE } from '../kernel/clock.js';
import type { CaseTier } from '../safety/risk.js';

export const DUTIES = ['primary', 'second', 'lead'] as const;
export type Duty = (typeof DUTIES)[number];

/** Of a crisis the first three, one after the other; `unclaimed` of what is urgent; `due` of the middle. */
export type Step = 'first' | 'second' | 'lead' | 'unclaimed' | 'due';

const SECOND_AFTER = 5 * MINUTE;
const LEAD_AFTER = 10 * MINUTE;
const UNCLAIMED_AFTER = 30 * MINUTE;

/** A case that nobody has in hand, as the alarms look at it. */
export interface Unattended {
  readonly tier: CaseTier;
  /** Somebody may be in danger now: called for as a crisis, whatever else is thought of it. */
  readonly danger: boolean;
  readonly dueAt: Date;
  /** When the newest reason to look at it came. */
  readonly raisedAt: Date;
  /** When each step was taken. */
  readonly taken: Partial<Record<Step, Date>>;
}

/** Which step is to be taken now; null for none. */
export function stepNow(one: Unattended, now: Date): Step | null {
  const { taken } = one;
  if (one.tier === 'crisis' || one.danger) {
    if (taken.first === undefined) return 'first';
    if (taken.second === undefined) return later(taken.first, SECOND_AFTER) <= now ? 'second' : null;
    return taken.lead === undefined && later(taken.first, LEAD_AFTER) <= now ? 'lead' : null;
  }
  if (one.tier === 'urgent') return taken.unclaimed === undefined && later(one.raisedAt, UNCLAIMED_AFTER) <= now ? 'unclaimed' : null;
  if (one.tier === 'none') return null;
  return taken.due === undefined && one.dueAt <= now ? 'due' : null;
}

/** Somebody who may see the case. */
export interface Person {
  readonly id: string;
  readonly staff: boolean;
  /** On shift at this moment. */
  readonly duty: Duty | null;
  /** Passed the case on, or asked to be spared what it is about: called where nobody else can be. */
  readonly spared: boolean;
}

type Group = (person: Person) => boolean;

const onShift: Group = ({ duty }) => duty !== null;
const as = (wanted: Duty): Group => ({ duty }) => duty === wanted;
const staff: Group = (person) => person.staff;
const anybody: Group = () => true;

/** Whom a step calls: the first group in which there is somebody new. What is no crisis waits for a shift. */
const GROUPS: Readonly<Record<Step, readonly Group[]>> = {
  first: [as('primary'), onShift, staff, anybody],
  second: [as('second'), onShift, staff, anybody],
  lead: [as('lead'), onShift, staff, anybody],
  unclaimed: [as('primary'), onShift],
  due: [as('lead'), onShift],
};

/** @param told who was called about the case before: a later step looks for somebody else first */
export function whom(step: Step, people: readonly Person[], told: ReadonlySet<string>): string[] {
  const fresh = people.filter(({ id }) => !told.has(id));
  for (const among of [fresh.filter(({ spared }) => !spared), fresh, people]) {
    for (const group of GROUPS[step]) {
      const found = among.filter(group);
      if (found.length > 0) return found.map(({ id }) => id);
    }
  }
  return [];
}
