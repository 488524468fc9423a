import { describe, expect, it } from '@jest/globals';
import { Settings } from 'luxon';
import { gapsOf, spanOf, warningsOf, weekOf, type Shift } from './shift-times.js';

const at = (text: string): Date => new Date(`2026-11-${text}:00Z`);
const shift = (id: string, from: string, to: string, more: Partial<Shift> = {}): Shift => ({
  id,
  memberId: 'a',
  duty: 'primary',
  from: at(from),
  to: at(to),
  ...more,
});

describe('shift times', () => {
  it('start a week on Monday in the reader’s time zone', () => {
    const week = weekOf('2026-11-25', at('25T03:00'), 'Europe/London');
    expect([week.from.toISOString(), week.to.toISOString(), week.before, week.after]).toEqual([
      '2026-11-23T00:00:00.000Z',
      '2026-11-30T00:00:00.000Z',
      '2026-11-16',
      '2026-11-30',
    ]);
    expect(weekOf('2026-02-31', at('25T03:00'), 'UTC').from).toEqual(at('23T00:00'));
    expect(weekOf('x', at('25T03:00'), 'UTC').from).toEqual(at('23T00:00'));
  });

  it('continue past midnight', () => {
    expect(spanOf('2026-11-25', '22:00', '02:00', 'UTC')).toEqual({
      from: at('25T22:00'),
      to: at('26T02:00'),
    });
    expect(spanOf('2026-07-25', '09:00', '11:00', 'Europe/London')?.from.toISOString()).toBe(
      '2026-07-25T08:00:00.000Z',
    );
    for (const [day, from, to] of [
      ['2026-02-30', '09:00', '10:00'],
      ['2026-11-25', '25:00', '10:00'],
      ['', '', ''],
    ] as const)
      expect(spanOf(day, from, to, 'UTC')).toBeNull();
  });

  it('cover a repeated hour in full, whatever the current offset', () => {
    const night = (from: string, to: string, day = '2026-10-25'): string[] => {
      const span = spanOf(day, from, to, 'Europe/London');
      return [
        span?.from.toISOString().slice(5, 16) ?? '',
        span?.to.toISOString().slice(5, 16) ?? '',
      ];
    };
    const realNow = Settings.now;
    try {
      for (const today of ['2026-07-01T12:00:00Z', '2026-12-01T12:00:00Z']) {
        Settings.now = () => Date.parse(today);
        expect(night('01:30', '05:00')).toEqual(['10-25T00:30', '10-25T05:00']);
        expect(night('22:00', '01:30', '2026-10-24')).toEqual(['10-24T21:00', '10-25T01:30']);
        expect(night('01:30', '01:45')).toEqual(['10-25T00:30', '10-25T01:45']);
        expect(night('01:30', '01:00')).toEqual(['10-25T00:30', '10-26T01:00']);
      }
    } finally {
      Settings.now = realNow;
    }
  });

  it('warn about more than four hours, and consecutive turns as lead', () => {
    const shifts = [
      shift('short', '25T08:00', '25T12:00'),
      shift('long', '25T13:00', '25T18:00'),
      shift('lead', '26T08:00', '26T12:00', { duty: 'lead' }),
      shift('again', '26T16:00', '26T20:00', { duty: 'lead' }),
      shift('rested', '27T09:00', '27T10:00', { duty: 'lead' }),
      shift('other', '26T21:00', '26T22:00', { duty: 'lead', memberId: 'b' }),
    ];
    expect(Object.fromEntries(warningsOf(shifts))).toEqual({ long: ['long'], again: ['in-a-row'] });
  });

  it('report gaps in the moderated hours', () => {
    const hours = {
      timeZone: 'UTC',
      weekly: [{ days: [3], from: '09:00', to: '12:00' }],
      outside: '',
    };
    const week = { from: at('23T00:00'), to: at('30T00:00') };
    expect(gapsOf(hours, [], week)).toEqual([{ from: at('25T09:00'), to: at('25T12:00') }]);
    expect(gapsOf(hours, [shift('x', '25T10:00', '25T11:00')], week)).toEqual([
      { from: at('25T09:00'), to: at('25T10:00') },
      { from: at('25T11:00'), to: at('25T12:00') },
    ]);
    expect(gapsOf(hours, [shift('x', '25T08:00', '25T12:00')], week)).toEqual([]);
    expect(gapsOf({ ...hours, weekly: [] }, [], week)).toEqual([]);
  });
});
