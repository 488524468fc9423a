import { describe, expect, it } from '@jest/globals';
import { hourLines, readHours } from './hours-form.js';

const week = (...lines: string[]): string[] => [
  ...lines,
  ...Array.from({ length: 7 - lines.length }, () => ''),
];

describe('hours as one line a day', () => {
  it('are read, several stretches a day, past midnight too', () => {
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
  ])('are refused: %s', (line) => {
    expect(readHours(week(line))).toBeNull();
  });

  it('come back as they were written', () => {
    const lines = week('09:00-12:00, 14:00-18:00', '', '10:00-20:00');
    expect(hourLines(readHours(lines) ?? [])).toEqual(lines);
  });
});
