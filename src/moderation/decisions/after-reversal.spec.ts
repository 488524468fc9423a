import { describe, expect, it } from '@jest/globals';
import type { PostState } from '../../posts/post-state.service.js';
import type { Action } from '../core/actions.js';
import {
  afterDecision,
  laterEnd,
  limitAfterReversal,
  postAfterReversal,
  threadAfterReversal,
  type PostDecision,
  type ThreadDecision,
} from './after-reversal.js';

const OPEN: PostState = {
  status: 'published',
  heldFor: null,
  folded: false,
  membersOnly: false,
  addedNotes: [],
  tier: 'none',
};

/** The history of a post: decisions and any other changes. */
type Story = readonly (Action | Partial<PostState>)[];

/**
 * Applies each step in turn.
 * @returns the decisions with the state before each, and the final state
 */
function after(
  story: Story,
  start: Partial<PostState> = {},
): { decisions: PostDecision[]; now: PostState } {
  let now: PostState = { ...OPEN, ...start };
  const decisions: PostDecision[] = [];
  for (const step of story) {
    if (typeof step === 'object') now = { ...now, ...step };
    else {
      const notes = step === 'add-warning' ? [`note-${decisions.length + 1}`] : [];
      const decision = {
        id: String(decisions.length + 1),
        action: step,
        notes,
        lifts: true,
        before: now,
      };
      decisions.push(decision);
      now = afterDecision(now, decision);
    }
  }
  return { decisions, now };
}

/** The state of the post after the decision with that number is reversed. */
function takenBack(number: number, { decisions, now }: ReturnType<typeof after>): PostState {
  const [reversed, ...later] = decisions.slice(number - 1);
  if (reversed === undefined) throw new Error('no such decision');
  return postAfterReversal(reversed, later, now).state;
}

describe('a post whose decision is reversed', () => {
  it.each<[string, Story, number, Partial<PostState>]>([
    ['is shown again', ['remove'], 1, {}],
    ['is as open as before', ['fold'], 1, {}],
    ['stays removed by a later decision', ['hide', 'remove'], 1, { status: 'removed' }],
    [
      'stays hidden by a later decision, and loses its fold',
      ['fold', 'hide'],
      1,
      { status: 'hidden' },
    ],
    ['stays hidden by an earlier decision', ['hide', 'remove'], 2, { status: 'hidden' }],
    [
      'goes back to its writer where an earlier decision sent it',
      ['return', 'remove'],
      2,
      { status: 'held', heldFor: 'returned' },
    ],
    ['stays folded by another', ['fold', 'remove'], 2, { folded: true }],
    ['stays for members by a later decision', ['fold', 'limit'], 1, { membersOnly: true }],
    ['keeps the notes of another', ['add-warning', 'add-warning'], 1, { addedNotes: ['note-2'] }],
    ['stays shown where a later decision showed it', ['hide', 'publish'], 1, {}],
    [
      'keeps what came between and after: a hold for a detail',
      ['fold', { status: 'held', heldFor: 'detail' }],
      1,
      { status: 'held', heldFor: 'detail' },
    ],
    [
      'stays taken back by its writer',
      ['hide', { status: 'withdrawn' }],
      1,
      { status: 'withdrawn' },
    ],
    ['keeps a newer tier', ['dismiss', { tier: 'urgent' }, 'hide'], 2, { tier: 'urgent' }],
  ])('%s', (_name, story, number, expected) => {
    expect(takenBack(number, after(story))).toEqual({ ...OPEN, ...expected });
  });

  it('is shown if it was held for review', () => {
    const story = after(['remove'], { status: 'held', heldFor: 'first-post' });
    expect(takenBack(1, story)).toEqual(OPEN);
  });

  it('ends in the same state whatever the order of two reversals', () => {
    const { decisions, now } = after(['hide', 'fold', 'remove', 'limit']);
    const [hide, fold, remove, limit] = decisions as [
      PostDecision,
      PostDecision,
      PostDecision,
      PostDecision,
    ];
    const first = postAfterReversal(hide, [fold, remove, limit], now);
    const rebased = [fold, remove, limit].map((one) => ({
      ...one,
      before: first.found.get(one.id) ?? one.before,
    }));
    const hideThenRemove = postAfterReversal(
      rebased[1] ?? remove,
      rebased.slice(2),
      first.state,
    ).state;
    const second = postAfterReversal(remove, [limit], now);
    const removeThenHide = postAfterReversal(
      hide,
      [fold, { ...limit, before: second.found.get(limit.id) ?? limit.before }],
      second.state,
    ).state;
    expect(hideThenRemove).toEqual({ ...OPEN, folded: true, membersOnly: true });
    expect(removeThenHide).toEqual(hideThenRemove);
  });

  it('stays hidden by another decision after an appeal', () => {
    const hidden = { ...OPEN, status: 'hidden' } as const;
    for (const action of ['fold', 'limit', 'add-warning', 'return'] as const)
      expect(afterDecision(hidden, { action, notes: [], lifts: false }).status).toBe('hidden');
    expect(afterDecision(hidden, { action: 'remove', notes: [], lifts: false }).status).toBe(
      'removed',
    );
    expect(afterDecision(hidden, { action: 'fold', notes: [], lifts: true }).status).toBe(
      'published',
    );
  });

  it('is never shown by “nothing to do” if a decision hid it', () => {
    for (const action of ['hide', 'remove', 'return'] as const) {
      const { now } = after([action, 'dismiss']);
      expect(now.status).not.toBe('published');
    }
    expect(
      after(['dismiss'], { status: 'held', heldFor: 'first-post', tier: 'watch' }).now,
    ).toEqual(OPEN);
  });
});

describe('a thread whose decision is reversed', () => {
  const start = { communityId: '1', locked: false };
  const lock = (id: string, before = start): ThreadDecision => ({
    id,
    action: 'lock',
    before,
    to: before.communityId,
  });
  const move = (id: string, to: string, before = start): ThreadDecision => ({
    id,
    action: 'move',
    before,
    to,
  });

  it('is unlocked unless another decision locked it as well', () => {
    const locked = { ...start, locked: true };
    expect(threadAfterReversal(lock('1'), [], locked).state).toEqual(start);
    expect(threadAfterReversal(lock('1'), [lock('2', locked)], locked).state).toEqual(locked);
  });

  it('stays where a later decision moved it, and keeps an independent lock', () => {
    const away = { communityId: '2', locked: false };
    const further = { communityId: '3', locked: false };
    expect(threadAfterReversal(move('1', '2'), [], away).state).toEqual(start);
    expect(threadAfterReversal(move('1', '2'), [move('2', '3', away)], further).state).toEqual(
      further,
    );
    expect(threadAfterReversal(move('1', '2'), [], { ...away, locked: true }).state).toEqual({
      ...start,
      locked: true,
    });
  });
});

describe('pauses of one account', () => {
  const day = (n: number): Date => new Date(Date.UTC(2026, 10, n));

  it('end with the latest of them', () => {
    expect(laterEnd(day(30), day(7))).toEqual(day(30));
    expect(laterEnd(day(7), day(30))).toEqual(day(30));
    expect(laterEnd(null, day(7))).toEqual(day(7));
  });

  it.each([
    ['the only one taken back opens the account', day(7), [], day(7), null],
    ['the longer taken back leaves the shorter', day(30), [day(7)], day(30), day(7)],
    ['the shorter taken back leaves the longer', day(7), [day(30)], day(30), day(30)],
    ['a longer limit of another origin stays', day(7), [], day(20), day(20)],
  ])('%s', (_name, reversed, standing, now, expected) => {
    expect(limitAfterReversal(reversed, standing, now)).toEqual(expected);
  });
});
