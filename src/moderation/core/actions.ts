/** The actions that a moderator can take, from least to most severe. */
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
  /** The object that the action changes. */
  readonly on: 'nothing' | 'post' | 'thread' | 'member';
  /** Whether it closes the case. */
  readonly closes: boolean;
  /** Whether it restricts a post or an account, and so needs a rule and a reason. */
  readonly restricts: boolean;
  /** Whether the member concerned receives a statement of reasons. */
  readonly notifies: boolean;
}

export const ACTION_FACTS: Readonly<Record<Action, ActionFacts>> = {
  dismiss: { on: 'nothing', closes: true, restricts: false, notifies: false },
  publish: { on: 'post', closes: true, restricts: false, notifies: true },
  'add-warning': { on: 'post', closes: true, restricts: false, notifies: true },
  fold: { on: 'post', closes: true, restricts: true, notifies: true },
  limit: { on: 'post', closes: true, restricts: true, notifies: true },
  return: { on: 'post', closes: true, restricts: true, notifies: true },
  hide: { on: 'post', closes: true, restricts: true, notifies: true },
  remove: { on: 'post', closes: true, restricts: true, notifies: true },
  move: { on: 'thread', closes: true, restricts: false, notifies: true },
  lock: { on: 'thread', closes: true, restricts: false, notifies: true },
  warn: { on: 'member', closes: true, restricts: true, notifies: true },
  suspend: { on: 'member', closes: true, restricts: true, notifies: true },
  'reach-out': { on: 'member', closes: false, restricts: false, notifies: true },
  escalate: { on: 'nothing', closes: false, restricts: false, notifies: false },
};

/**
 * Whether the action can change a post: not one that its author deleted, which nobody can show,
 * hide or send back.
 */
export function canChangePost(action: Action, status: string | null): boolean {
  return ACTION_FACTS[action].on !== 'post' || status !== 'withdrawn';
}

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

/** The longest pause in days. A pause without an end takes two people. */
export const MAX_PAUSE_DAYS = 365;
/**
 * The longest pause in days that a community's own moderators may impose. Longer ones are for
 * staff, as an account belongs to the whole site.
 */
export const MAX_COMMUNITY_PAUSE_DAYS = 30;
