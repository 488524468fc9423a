import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { table } from './access.table.js';
import { budgets } from './query-budget.table.js';
import { testApp, type TestApp } from './support/app.js';
import { censusPeople, handleOf, PEOPLE, stageFor } from './support/census-stage.js';
import { countQueries } from './support/count-queries.js';

describe('the query budget', () => {
  let site: TestApp;

  beforeAll(async () => {
    // Without workers, whose queries would be counted too.
    site = await testApp({ workers: false });
    await censusPeople(site.make);
  });
  afterAll(() => site.close());

  it('pages cost a fixed number of queries, whatever their size', async () => {
    const slug = await site.make.community({ slug: 'counted' });
    await site.make.join('kim', slug);
    const small = await site.make.thread({ community: slug });
    const large = await site.make.thread({ community: slug });
    for (let n = 0; n < 45; n += 1)
      await site.make.reply({
        thread: large,
        author: `writer-${String.fromCharCode(97 + (n % 5))}`,
      });
    const kim = await site.as('kim');
    const cost = async (path: string): Promise<number> => {
      // Otherwise periodic refreshes would be counted on a slow machine.
      site.clock.freeze();
      const before = site.sql.count;
      expect((await kim.get(path)).status).toBe(200);
      return site.sql.count - before;
    };
    await cost('/');
    expect(await cost(`/t/${small}`)).toBe(await cost(`/t/${large}`));
    expect(await cost(`/t/${large}?page=2`)).toBeLessThanOrEqual(4);
    expect(await cost(`/c/${slug}`)).toBeLessThanOrEqual(5);
    expect(await cost('/')).toBeLessThanOrEqual(6);
  });

  const pages = Object.keys(table).filter((row) => row.startsWith('GET '));

  it('stands in the table for every page, and for no other', () => {
    expect(pages.length).toBeGreaterThan(100);
    expect(Object.keys(budgets).sort()).toEqual([...pages].sort());
  });

  it.each(pages)('%s', async (row) => {
    const names = await stageFor(site.make, row, 'members');
    const path = row.slice(4).replace(/:([a-z]\w*)/g, (_, name: string) => names[name] ?? '');
    const most: Record<string, number> = {};
    for (const person of PEOPLE) {
      const browser = person === 'guest' ? site.browser() : await site.as(handleOf(person));
      site.clock.freeze();
      // The first request may fill caches.
      await browser.get(path);
      most[person] = await countQueries(() => browser.get(path));
    }
    const over = Object.entries(most).filter(([, count]) => count > (budgets[row] ?? 0));
    expect(over).toEqual([]);
  });
});
