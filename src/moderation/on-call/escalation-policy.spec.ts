import { describe, expect, it } from '@jest/globals';
import { HOUR, later, MINUTE } from '../../kernel/clock.js';
import {
  dueAlert,
  chainOf,
  ESCALATION_POLICY,
  selectResponders,
  type SentAlert,
  type EscalationChain,
  type Person,
  type EscalationStep,
  type UnclaimedCase,
} from './escalation-policy.js';

const START = new Date('2026-11-25T03:00:00Z');
const at = (minutes: number): Date => later(START, minutes * MINUTE);
const one = (what: Partial<UnclaimedCase>): UnclaimedCase => ({
  chain: 'crisis',
  dueAt: at(10),
  raisedAt: START,
  handedOn: false,
  calls: [],
  ...what,
});
const person = (id: string, duty: Person['duty'], more: Partial<Person> = {}): Person => ({
  id,
  duty,
  staff: false,
  admin: false,
  spared: false,
  ...more,
});

/** Simulates a case that nobody claims, minute by minute. @returns each call as `minute step` */
function callsWithin(minutes: number, what: Partial<UnclaimedCase>): string[] {
  const calls: SentAlert[] = [];
  const seen: string[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    const call = dueAlert(one({ ...what, calls }), at(minute));
    if (call === null) continue;
    calls.push({ ...call, at: at(minute) });
    seen.push(`${minute} ${call.step}${call.round === 0 ? '' : ` ${call.round}`}`);
  }
  return seen;
}

describe('the chain of a case', () => {
  it('follows its tier, with immediate danger first', () => {
    expect(
      (['crisis', 'urgent', 'watch', 'unknown', 'none'] as const).map((tier) =>
        chainOf(tier, false),
      ),
    ).toEqual(['crisis', 'urgent', 'middle', 'middle', null]);
    expect(chainOf('watch', true)).toBe('crisis');
  });
});

describe('when people are called', () => {
  it.each<[string, number, Partial<UnclaimedCase>, string[]]>([
    [
      'a crisis',
      180,
      {},
      [
        '0 first',
        '5 second',
        '10 lead',
        '15 admins',
        '25 again 1',
        '45 again 2',
        '75 again 3',
        '105 again 4',
        '135 again 5',
        '165 again 6',
      ],
    ],
    [
      'what is urgent',
      480,
      { chain: 'urgent' },
      ['30 unclaimed', '60 lead', '120 admins', '180 again 1', '300 again 2', '420 again 3'],
    ],
    [
      'what was handed on as more urgent',
      100,
      { chain: 'urgent', handedOn: true },
      ['0 handed-on', '30 lead', '90 admins'],
    ],
    [
      'the middle',
      4_000,
      { chain: 'middle', dueAt: at(720) },
      ['720 due', '1440 admins', '3060 again 1'],
    ],
    [
      'what waits for a second person',
      300,
      { chain: 'second-person' },
      ['0 asked', '30 lead', '60 admins', '120 again 1', '240 again 2'],
    ],
  ])('%s', (_name, minutes, what, expected) => {
    expect(callsWithin(minutes, what)).toEqual(expected);
  });

  it('never ends, and no gap exceeds the last delay plus alignment', () => {
    for (const chain of Object.keys(ESCALATION_POLICY) as EscalationChain[]) {
      const { again, mark } = ESCALATION_POLICY[chain];
      const longest = (again.at(-1) ?? 0) + mark;
      const minutes = callsWithin(12 * (longest / MINUTE), { chain }).map((call) =>
        Number(call.split(' ')[0]),
      );
      expect(minutes.length).toBeGreaterThan(10);
      for (const [n, minute] of minutes.slice(1).entries())
        expect((minute - (minutes[n] ?? 0)) * MINUTE).toBeLessThanOrEqual(longest);
    }
  });

  it('aligns the repeats of many cases', () => {
    const calls = (minute: number): SentAlert[] => [{ step: 'admins', round: 0, at: at(minute) }];
    for (const minute of [1, 20, 59]) {
      expect(dueAlert(one({ chain: 'urgent', calls: calls(minute) }), at(119))).toBeNull();
      expect(dueAlert(one({ chain: 'urgent', calls: calls(minute) }), at(120))).toEqual({
        step: 'again',
        round: 1,
      });
    }
    expect(HOUR % ESCALATION_POLICY.crisis.mark).toBe(0);
  });
});

describe('the people of a step', () => {
  const crew = [
    person('a', 'primary'),
    person('b', 'second'),
    person('c', 'lead'),
    person('d', null),
    person('e', null, { staff: true }),
    person('f', null, { staff: true, admin: true }),
  ];
  const notified = (...ids: string[]): Set<string> => new Set(ids);

  it.each<[EscalationChain, EscalationStep, string[], string[]]>([
    ['crisis', 'first', [], ['a']],
    ['crisis', 'second', ['a'], ['b']],
    ['crisis', 'lead', ['a', 'b'], ['c']],
    ['crisis', 'admins', ['a', 'b', 'c'], ['f']],
    ['crisis', 'again', ['a', 'b', 'c', 'f'], ['a', 'b', 'c', 'f']],
    ['urgent', 'unclaimed', [], ['a']],
    ['urgent', 'handed-on', [], ['c']],
    ['urgent', 'lead', ['a'], ['c']],
    ['urgent', 'admins', ['a', 'c'], ['f']],
    ['middle', 'due', [], ['c']],
    ['second-person', 'asked', [], ['a', 'b', 'c']],
  ])('%s, %s, after %j', (chain, step, before, expected) => {
    expect(selectResponders(chain, step, crew, notified(...before))).toEqual(expected);
  });

  it('are anybody on shift if nobody has the duty', () => {
    expect(
      selectResponders(
        'crisis',
        'second',
        [person('a', 'primary'), person('c', 'lead')],
        notified('a'),
      ),
    ).toEqual(['c']);
    expect(
      selectResponders(
        'crisis',
        'second',
        [person('a', 'primary'), person('e', null, { staff: true })],
        notified('a'),
      ),
    ).toEqual(['e']);
    expect(
      selectResponders('crisis', 'admins', [person('e', null, { staff: true })], notified('e')),
    ).toEqual(['e']);
  });

  it('are staff for crises, escalations and second reviews with nobody on shift, and nobody otherwise', () => {
    const asleep = [person('d', null), person('e', null, { staff: true })];
    for (const [chain, step] of [
      ['crisis', 'first'],
      ['urgent', 'handed-on'],
      ['second-person', 'asked'],
    ] as const)
      expect(selectResponders(chain, step, asleep, notified())).toEqual(['e']);
    for (const [chain, step] of [
      ['urgent', 'unclaimed'],
      ['urgent', 'lead'],
      ['middle', 'due'],
    ] as const)
      expect(selectResponders(chain, step, asleep, notified())).toEqual([]);
    expect(selectResponders('crisis', 'first', [person('d', null)], notified())).toEqual(['d']);
    expect(selectResponders('crisis', 'lead', asleep, notified('d', 'e'))).toEqual(['e']);
  });

  it('include somebody who muted the topic only as a last resort', () => {
    const some = [person('a', 'primary', { spared: true }), person('b', 'second')];
    expect(selectResponders('crisis', 'first', some, notified())).toEqual(['b']);
    expect(
      selectResponders('crisis', 'first', [person('a', 'primary', { spared: true })], notified()),
    ).toEqual(['a']);
  });
});
