import { describe, expect, it } from '@jest/globals';
import { hourLines, readHours } from './hours-form.js';

const week = (...lines: string[]): string[] => [
  ...lines,
  ...Array.from({ length: 7 - lines.length }, () => ''),
];

describe('the form for weekly hours', () => {
  it('accepts several periods per day, also past midnight', () => {
    expect(readHours(week('09:00-12:00, 14:00 – 18:00', '09:00-12:00', '22:00-02:00'))).toEqual([
      { days: [1, 2], from: '09:00', to: '12:00' },
      { days: [1], from: '14:00', to: '18:00' },
      { days: [3], from: '22:00', to: '02:00' },
    ]);
    expect(readHours(week())).toEqual([]);
  });

  it.each([
    '9-12',
    '09:00',
    '25:00-26:00',
    '09:00-12:60',
    'always',
    '09:00-10:00,10:00-11:00,11:00-12:00,12:00-13:00,13:00-14:00',
    "'; drop table",
  ])('rejects %s', (line) => {
    expect(readHours(week(line))).toBeNull();
  });

  it('shows the hours as they were entered', () => {
    const lines = week('09:00-12:00, 14:00-18:00', '', '10:00-20:00');
    expect(hourLines(readHours(lines) ?? [])).toEqual(lines);
  });
});
