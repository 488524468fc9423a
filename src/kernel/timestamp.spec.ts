import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { timestampOf } from './timestamp.js';

const parsed = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => unknown;

describe('database timestamps', () => {
  it.each([
    '2026-03-01 09:30:05+00',
    '2026-03-01 09:30:05.1+00',
    '2024-02-29 23:59:59.999999+00',
    '1969-12-31 00:00:00.000001+00',
    '0999-06-05 04:03:02+00',
    '0045-06-05 04:03:02+00',
    '10026-03-01 09:30:05.25+00',
    '0044-03-15 12:00:00+00 BC',
    '2026-03-01 09:30:05.123+05:30',
    '2026-03-01 09:30:05-08',
    'infinity',
    '-infinity',
  ])('%s parse as the driver parses them', (text) => {
    expect(timestampOf(text)).toEqual(parsed(text));
  });

  it('are equal to the millisecond either way, whatever the fraction', () => {
    for (let fraction = 0; fraction < 1_000_000; fraction += 997) {
      const text = `2026-07-19 21:08:47.${String(fraction).padStart(6, '0')}+00`;
      expect(timestampOf(text).getTime()).toBe((parsed(text) as Date).getTime());
    }
  });
});
