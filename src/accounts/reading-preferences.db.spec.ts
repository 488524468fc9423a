import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { growth } from '../../test/support/growth/measure.js';
import { KINDS, textsOf } from '../../test/support/growth/texts.js';
import { wordPattern } from './reading-preferences.js';

interface Plan {
  'QUERY PLAN': [{ 'Execution Time': number }];
}

/**
 * Up to the longest, with signs that patterns know, spaces that become a pattern, letters of any
 * kind.
 */
const WORDS = [
  'ab',
  'a b',
  'a a a a a a a a a a a a a a a a a a a a',
  'a'.repeat(40),
  '(a+)+$',
  '.*.*.*',
  '[a-z]{9,99}|\\d+',
  '1 2',
  '--',
  '* *',
  'ж',
  'привет при',
  '💛',
  "don't",
];
const EXPLAIN = 'explain (analyze, timing off, format json) select 1 from texts where body ~* $1';

describe('a muted word', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('is looked for in time that grows with the text and no faster', async () => {
    // One connection, which gives up on what does not end, so that the test fails instead of
    // hanging.
    const runner = db.dataSource.createQueryRunner();
    try {
      await runner.query(`set statement_timeout = '60s'`);
      await runner.query('create temp table texts (body text)');
      const grew: string[] = [];
      for (const kind of KINDS) {
        const byLength = [1_000, 10_000, 100_000].map((length) => textsOf(kind, length)[1] ?? '');
        for (const word of WORDS) {
          let stored = '';
          // The text stands in a table, so that planning does no part of the work.
          const cost = async (text: string): Promise<number> => {
            if (text !== stored) {
              await runner.query('truncate texts');
              await runner.query('insert into texts values ($1)', [text]);
              stored = text;
            }
            const [row] = (await runner.query(EXPLAIN, [wordPattern(word)])) as [Plan];
            return row['QUERY PLAN'][0]['Execution Time'] * 1_000;
          };
          const found = await growth(cost, byLength);
          if (found !== null) grew.push(`${word}, ${kind.name}: ${found}`);
        }
      }
      expect(grew).toEqual([]);
    } finally {
      await runner.query('reset statement_timeout');
      await runner.release();
    }
  }, 600_000);
});
