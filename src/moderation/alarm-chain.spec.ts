import { describe, expect, it } from '@jest/globals';
import { later, MINUTE } from '../kernel/clock.js';
import { stepNow, whom, type Person, type Unattended } from './alarm-chain.js';

const NOW = new Date('2026-11-25T03:00:00Z');
const ago = (minutes: number): Date => later(NOW, -minutes * MINUTE);
const one = (what: Partial<Unattended>): Unattended => ({ tier: 'crisis', danger: false, dueAt: later(NOW, 10 * MINUTE), raisedAt: NOW, taken: {}, ...what });
const person = (id: string, duty: Person['duty'], more: Partial<Person> = {}): Person => ({ id, duty, staff: false, spared: false, ...more });

describe('which step of the alarms is next', () => {
  it('of a crisis: at once, after five minutes, after ten', () => {
    expect(stepNow(one({}), NOW)).toBe('first');
    expect(stepNow(one({ taken: { first: ago(4) } }), NOW)).toBeNull();
    expect(stepNow(one({ taken: { first: ago(5) } }), NOW)).toBe('second');
    expect(stepNow(one({ taken: { first: ago(9), second: ago(4) } }), NOW)).toBeNull();
    expect(stepNow(one({ taken: { first: ago(10), second: ago(5) } }), NOW)).toBe('lead');
    expect(stepNow(one({ taken: { first: ago(20), second: ago(15), lead: ago(10) } }), NOW)).toBeNull();
  });

  it('of what is urgent after half an hour, unless somebody may be in danger now', () => {
    expect(stepNow(one({ tier: 'urgent', raisedAt: ago(29) }), NOW)).toBeNull();
    expect(stepNow(one({ tier: 'urgent', raisedAt: ago(30) }), NOW)).toBe('unclaimed');
    expect(stepNow(one({ tier: 'urgent', danger: true }), NOW)).toBe('first');
  });

  it('of the middle when it is due, and of routine never', () => {
    expect(stepNow(one({ tier: 'watch' }), NOW)).toBeNull();
    for (const tier of ['watch', 'unknown'] as const) expect(stepNow(one({ tier, dueAt: ago(1) }), NOW)).toBe('due');
    expect(stepNow(one({ tier: 'none', dueAt: ago(900) }), NOW)).toBeNull();
  });
});

describe('whom a step calls', () => {
  const crew = [person('a', 'primary'), person('b', 'second'), person('c', 'lead'), person('d', null), person('e', null, { staff: true })];
  const told = (...ids: string[]): Set<string> => new Set(ids);

  it('each in turn', () => {
    expect(whom('first', crew, told())).toEqual(['a']);
    expect(whom('second', crew, told('a'))).toEqual(['b']);
    expect(whom('lead', crew, told('a', 'b'))).toEqual(['c']);
    expect(whom('unclaimed', crew, told())).toEqual(['a']);
    expect(whom('due', crew, told())).toEqual(['c']);
  });

  it('whoever is there where a duty is nobody’s', () => {
    expect(whom('second', [person('a', 'primary'), person('c', 'lead')], told('a'))).toEqual(['c']);
    expect(whom('second', [person('a', 'primary'), person('e', null, { staff: true })], told('a'))).toEqual(['e']);
  });

  it('staff for a crisis with nobody on shift, nobody for anything else', () => {
    const asleep = [person('d', null), person('e', null, { staff: true })];
    expect(whom('first', asleep, told())).toEqual(['e']);
    for (const step of ['unclaimed', 'due'] as const) expect(whom(step, asleep, told())).toEqual([]);
    expect(whom('first', [person('d', null)], told())).toEqual(['d']);
    expect(whom('lead', asleep, told('d', 'e'))).toEqual(['e']);
  });

  it('whoever asked to be spared only where nobody else can be called', () => {
    const some = [person('a', 'primary', { spared: true }), person('b', 'second')];
    expect(whom('first', some, told())).toEqual(['b']);
    expect(whom('first', [person('a', 'primary', { spared: true })], told())).toEqual(['a']);
  });
});
