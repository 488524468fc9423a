import type { PostState } from '../../posts/post-state.service.js';
import type { ThreadState } from '../../threads/thread-care.service.js';
import type { Action } from '../core/actions.js';

/** What a decision does to a post. */
export interface PostEffect {
  readonly action: Action;
  /** Content notes that it adds. */
  readonly notes: readonly string[];
  /** False for the answer to an appeal: it never shows what another decision took from sight. */
  readonly lifts: boolean;
}

/** A decision with what it found. */
export interface PostDecision extends PostEffect {
  readonly id: string;
  readonly before: PostState;
}

export interface ThreadDecision {
  readonly id: string;
  readonly action: 'lock' | 'move';
  readonly before: ThreadState;
  /** Where a move led. */
  readonly to: string;
}

/**
 * How things stand without one decision, and what each later one would have found then, by its id.
 */
export interface Without<State> {
  readonly standing: State;
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

/** How a post stands after a decision. */
export function afterDecision(post: PostState, deed: PostEffect): PostState {
  const place = placeAfter(post, deed.action);
  const kept = !deed.lifts && RANK[place.status] < RANK[post.status];
  return {
    ...(kept ? placeOf(post) : place),
    folded: post.folded || deed.action === 'fold',
    membersOnly: post.membersOnly || deed.action === 'limit',
    addedNotes: NOTING.has(deed.action)
      ? [...new Set([...post.addedNotes, ...deed.notes])]
      : post.addedNotes,
    tier: deed.action === 'dismiss' ? 'none' : post.tier,
  };
}

const NOTING: ReadonlySet<Action> = new Set(['publish', 'add-warning', 'fold']);

function placeAfter(post: PostState, action: Action): Place {
  switch (action) {
    case 'publish':
      return SHOWN;
    // Nothing new was wrong: what an earlier decision hid or sent back stays where that decision
    // put it.
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

/** Held until somebody has read it, and not by a decision. */
function waits(post: PostState): boolean {
  return post.status === 'held' && post.heldFor !== 'returned';
}

function placeOf({ status, heldFor }: PostState): Place {
  return { status, heldFor };
}

/**
 * How a post stands once a decision is taken back: as it was found, and then what later decisions
 * and anything else have changed since. A post that waited to be read when it was decided on is
 * shown, as the decision against it was wrong.
 * @param later decisions that still stand, oldest first
 * @param now how the post stands at this moment
 */
export function postWithout(
  reversed: PostDecision,
  later: readonly PostDecision[],
  now: PostState,
): Without<PostState> {
  const { before } = reversed;
  return without<PostState, PostDecision>(
    waits(before) ? { ...before, ...SHOWN } : before,
    reversed,
    later,
    now,
    { after: afterDecision, changed: changedPost },
  );
}

/** The same for a thread, which decisions on any of its posts lock and move. */
export function threadWithout(
  reversed: ThreadDecision,
  later: readonly ThreadDecision[],
  now: ThreadState,
): Without<ThreadState> {
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
  /** `should`, with whatever has changed from `was` to `seen`. */
  readonly changed: (was: State, seen: State, should: State) => State;
}

function without<State, Decision extends { id: string; before: State }>(
  start: State,
  reversed: Decision,
  later: readonly Decision[],
  now: State,
  { after, changed }: Rules<State, Decision>,
): Without<State> {
  const found = new Map<string, State>();
  let was = after(reversed.before, reversed);
  let should = start;
  for (const decision of later) {
    should = changed(was, decision.before, should);
    found.set(decision.id, should);
    was = after(decision.before, decision);
    should = after(should, decision);
  }
  return { standing: changed(was, now, should), found };
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

/** The later of two ends; null is none. */
export function laterEnd(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/**
 * Until when an account is limited once a pause is taken back: to the latest end of those that
 * still stand. What lasts longer than the pause that is taken back has another ground, and stays.
 * @param now the limit at this moment
 * @param standing ends of the other pauses of the same scope
 */
export function limitWithout(
  reversedEnd: Date,
  standing: readonly Date[],
  now: Date | null,
): Date | null {
  if (now !== null && now > reversedEnd) return now;
  return standing.reduce<Date | null>(laterEnd, null);
}
