import type { PostState } from '../../posts/post-state.service.js';
import type { ThreadState } from '../../threads/thread-care.service.js';
import type { Action } from '../core/actions.js';

/** The effect of a decision on a post. */
export interface PostEffect {
  readonly action: Action;
  /** Content notes that the decision adds. */
  readonly notes: readonly string[];
  /** False for the answer to an appeal, which never shows a post that another decision hid. */
  readonly lifts: boolean;
}

/** A decision with the state of the post before it. */
export interface PostDecision extends PostEffect {
  readonly id: string;
  readonly before: PostState;
}

export interface ThreadDecision {
  readonly id: string;
  readonly action: 'lock' | 'move';
  readonly before: ThreadState;
  /** The community to which a thread was moved. */
  readonly to: string;
}

/** The state without one decision, and the state before each later decision, by its id. */
export interface AfterReversal<State> {
  readonly state: State;
  readonly found: ReadonlyMap<string, State>;
}

type Place = Pick<PostState, 'status' | 'heldFor'>;

const RANK: Readonly<Record<PostState['status'], number>> = {
  published: 0,
  held: 1,
  hidden: 2,
  removed: 3,
  withdrawn: 4,
};
const SHOWN: Place = { status: 'published', heldFor: null };

/** The state of a post after a decision. */
export function afterDecision(post: PostState, effect: PostEffect): PostState {
  const place = placeAfter(post, effect.action);
  const keepsPlace = !effect.lifts && RANK[place.status] < RANK[post.status];
  return {
    ...(keepsPlace ? placeOf(post) : place),
    folded: post.folded || effect.action === 'fold',
    membersOnly: post.membersOnly || effect.action === 'limit',
    addedNotes: NOTING.has(effect.action)
      ? [...new Set([...post.addedNotes, ...effect.notes])]
      : post.addedNotes,
    tier: effect.action === 'dismiss' ? 'none' : post.tier,
  };
}

const NOTING: ReadonlySet<Action> = new Set(['publish', 'add-warning', 'fold']);

function placeAfter(post: PostState, action: Action): Place {
  switch (action) {
    case 'publish':
      return SHOWN;
    // Dismissing publishes a post that waits for review; a post hidden or returned by an earlier
    // decision stays so.
    case 'dismiss':
      return waits(post) ? SHOWN : placeOf(post);
    case 'add-warning':
    case 'fold':
    case 'limit':
      return post.status === 'held' || post.status === 'hidden' ? SHOWN : placeOf(post);
    case 'return':
      return { status: 'held', heldFor: 'returned' };
    case 'hide':
      return { status: 'hidden', heldFor: null };
    case 'remove':
      return { status: 'removed', heldFor: null };
    default:
      return placeOf(post);
  }
}

/** Whether the post is held for review, rather than by a decision. */
function waits(post: PostState): boolean {
  return post.status === 'held' && post.heldFor !== 'returned';
}

function placeOf({ status, heldFor }: PostState): Place {
  return { status, heldFor };
}

/**
 * The state of a post after a decision is reversed: the state before it, plus every later change by
 * a decision or otherwise. A post that was held for review before the decision is shown, because
 * the decision against it was wrong.
 * @param later decisions that were not reversed, oldest first
 * @param now the current state
 */
export function postAfterReversal(
  reversed: PostDecision,
  later: readonly PostDecision[],
  now: PostState,
): AfterReversal<PostState> {
  const { before } = reversed;
  return without<PostState, PostDecision>(
    waits(before) ? { ...before, ...SHOWN } : before,
    reversed,
    later,
    now,
    { after: afterDecision, changed: changedPost },
  );
}

/** The same for a thread, which a decision on any of its posts can lock or move. */
export function threadAfterReversal(
  reversed: ThreadDecision,
  later: readonly ThreadDecision[],
  now: ThreadState,
): AfterReversal<ThreadState> {
  return without<ThreadState, ThreadDecision>(reversed.before, reversed, later, now, {
    after: (thread, { action, to }) =>
      action === 'lock' ? { ...thread, locked: true } : { ...thread, communityId: to },
    changed: (was, seen, should) => ({
      communityId: was.communityId === seen.communityId ? should.communityId : seen.communityId,
      locked: was.locked === seen.locked ? should.locked : seen.locked,
    }),
  });
}

interface Rules<State, Decision> {
  readonly after: (state: State, decision: Decision) => State;
  /** Applies to `should` whatever changed between `was` and `seen`. */
  readonly changed: (was: State, seen: State, should: State) => State;
}

function without<State, Decision extends { id: string; before: State }>(
  start: State,
  reversed: Decision,
  later: readonly Decision[],
  now: State,
  { after, changed }: Rules<State, Decision>,
): AfterReversal<State> {
  const statesBefore = new Map<string, State>();
  let was = after(reversed.before, reversed);
  let should = start;
  for (const decision of later) {
    should = changed(was, decision.before, should);
    statesBefore.set(decision.id, should);
    was = after(decision.before, decision);
    should = after(should, decision);
  }
  return { state: changed(was, now, should), found: statesBefore };
}

function changedPost(was: PostState, seen: PostState, should: PostState): PostState {
  const moved = was.status !== seen.status || was.heldFor !== seen.heldFor;
  return {
    ...placeOf(moved ? seen : should),
    folded: was.folded === seen.folded ? should.folded : seen.folded,
    membersOnly: was.membersOnly === seen.membersOnly ? should.membersOnly : seen.membersOnly,
    addedNotes:
      was.addedNotes.join() === seen.addedNotes.join() ? should.addedNotes : seen.addedNotes,
    tier: was.tier === seen.tier ? should.tier : seen.tier,
  };
}

/** The later of two ends; null means no end is set. */
export function laterEnd(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/**
 * The end of an account's limit after a pause is reversed: the latest end of the other pauses. A
 * limit that outlasts the reversed pause has another cause, and is kept.
 * @param others ends of the other pauses with the same scope
 * @param now the current limit
 */
export function limitAfterReversal(
  reversedEnd: Date,
  others: readonly Date[],
  now: Date | null,
): Date | null {
  if (now !== null && now > reversedEnd) return now;
  return others.reduce<Date | null>(laterEnd, null);
}
