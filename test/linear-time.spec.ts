import { describe, expect, it } from '@jest/globals';
import { checkTexts } from '../src/bench/text-costs.js';
import { growth } from '../src/bench/growth.js';
import { KINDS } from '../src/bench/text-kinds.js';

/**
 * Milliseconds for one long text, which takes a hundredth of it where the work is linear. How the
 * work grows is measured by `npm run bench -- --only texts`.
 */
const LIMIT = 20_000;

describe('the work that a long text causes', () => {
  it('ends, for every pattern and everything that screens', async () => {
    const { unheld, endless, done } = await checkTexts({ how: 'once', of: 'everything' }, LIMIT);
    expect({ unheld, endless }).toEqual({ unheld: [], endless: null });
    expect(done?.patterns).toBeGreaterThan(300);
    expect(done?.works).toBeGreaterThan(15);
    expect(KINDS.length).toBeGreaterThanOrEqual(40);
  }, 900_000);

  it.each([
    ['square', 'square  +$, spaces'],
    ['endless', 'endless ^(?:\\d{1,6}|\\d{1,6}(?=\\d))+$, one digit'],
  ] as const)('is reported if it does not end: %s', async (of, named) => {
    const { endless, done } = await checkTexts({ how: 'once', of }, LIMIT / 4);
    expect({ endless, done }).toEqual({ endless: named, done: null });
  });
});

describe('growth', () => {
  const lengths = [1_000, 10_000, 100_000];
  const textOf = (length: number): string => 'a'.repeat(length);

  it.each<[string, (length: number) => number]>([
    ['linear', (length) => length],
    ['linear with a constant', (length) => 10_000 + length / 3],
    [
      'linear, and tenfold for each character of a long text',
      (length) => length * (length > 20_000 ? 10 : 1),
    ],
    ['below what a clock can tell', () => 0],
  ])('accepts work that is %s', async (_what, cost) => {
    expect(await growth(({ length }) => cost(length), textOf, lengths)).toBeNull();
  });

  it.each<[string, (length: number) => number]>([
    ['quadratic', (length) => length ** 2 / 1_000],
    ['quadratic from some length', (length) => Math.max(length, (length / 1_000) ** 2 * 90)],
    ['cubic', (length) => length ** 3 / 1_000_000],
  ])('reports work that is %s', async (_what, cost) => {
    expect(await growth(({ length }) => cost(length), textOf, lengths)).toMatch(
      /^\d+ characters: \d.* times the cost of \d+, 3 were allowed$/,
    );
  });
});
