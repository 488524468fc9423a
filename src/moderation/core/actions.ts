/** What a moderator can decide, the smallest step first. */
export const ACTIONS = [
  'dismiss',
  'publish',
  'add-warning',
  'fold',
  'limit',
  'return',
  'hide',
  'remove',
  'move',
  'lock',
  'warn',
  'suspend',
  'reach-out',
  'escalate',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface ActionFacts {
  /** What it changes. */
  readonly on: 'nothing' | 'post' | 'thread' | 'member';
  /** Whether the case is done with it. */
  readonly closes: boolean;
  /**
   * Whether somebody's words or account have less room afterwards: they are owed a rule and a
   * reason.
   */
  readonly restricts: boolean;
  /** Whether the member concerned gets a statement. */
  readonly told: boolean;
}

export const FACTS: Readonly<Record<Action, ActionFacts>> = {
  dismiss: { on: 'nothing', closes: true, restricts: false, told: false },
  publish: { on: 'post', closes: true, restricts: false, told: true },
  'add-warning': { on: 'post', closes: true, restricts: false, told: true },
  fold: { on: 'post', closes: true, restricts: true, told: true },
  limit: { on: 'post', closes: true, restricts: true, told: true },
  return: { on: 'post', closes: true, restricts: true, told: true },
  hide: { on: 'post', closes: true, restricts: true, told: true },
  remove: { on: 'post', closes: true, restricts: true, told: true },
  move: { on: 'thread', closes: true, restricts: false, told: true },
  lock: { on: 'thread', closes: true, restricts: false, told: true },
  warn: { on: 'member', closes: true, restricts: true, told: true },
  suspend: { on: 'member', closes: true, restricts: true, told: true },
  'reach-out': { on: 'member', closes: false, restricts: false, told: true },
  escalate: { on: 'nothing', closes: false, restricts: false, told: false },
};

/** The rules of the site, in the order of its guidelines page. */
export const RULES = [
  'open',
  'detail',
  'own',
  'wish',
  'medical',
  'private',
  'kind',
  'notes',
  'selling',
  'promises',
] as const;

/** Days of a pause at the most; without an end it takes two people. */
export const LONGEST_PAUSE = 365;
/**
 * An account is the whole site's: a community's own moderators pause one for so many days, longer
 * is for staff.
 */
export const LONGEST_PAUSE_BY_COMMUNITY = 30;
