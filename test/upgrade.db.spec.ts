import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, revertMigration } from '../src/kernel/database.js';
import { testApp } from './support/app.js';
import { newDatabase } from './support/databases.js';
import { allRows, migrationsRun, restoreRelease } from './support/release.js';
import { schema } from './support/schema.js';

describe('an upgrade from release 0.1', () => {
  let url: string;
  let drop: () => Promise<void>;
  let tables: unknown[];
  let rows: Map<string, string[]>;
  let ran = 0;

  beforeAll(async () => {
    ({ url, drop } = await newDatabase(''));
    await restoreRelease(url);
    tables = await schema(url);
    rows = await allRows(url);
  });
  afterAll(() => drop());

  const counts = (all: Map<string, string[]>): Record<string, number> =>
    Object.fromEntries([...all].map(([name, { length }]) => [name, length]));

  it('begins with what people wrote there', () => {
    expect(counts(rows)).toMatchObject({ members: 76, threads: 148, posts: 625, communities: 10 });
    expect(tables.length).toBeGreaterThan(100);
  });

  it('runs what the release has not, and keeps every row of every table', async () => {
    const before = await migrationsRun(url);
    const names = await migrate(url);
    expect(names.length).toBeGreaterThan(4);
    expect(await migrationsRun(url)).toEqual([...before, ...names]);
    ran = names.length;
    expect(counts(await allRows(url))).toMatchObject(counts(rows));
  });

  it('goes back to the release as it was, every column of every row', async () => {
    for (let n = 0; n < ran; n += 1) await revertMigration(url);
    expect(await schema(url)).toEqual(tables);
    expect(Object.fromEntries(await allRows(url))).toEqual(Object.fromEntries(rows));
  });

  it('comes up again, and people read on', async () => {
    await migrate(url);
    expect(counts(await allRows(url))).toMatchObject(counts(rows));
    const site = await testApp({ workers: false, env: { DATABASE_URL: url } });
    try {
      const guest = site.browser();
      expect((await guest.get('/')).status).toBe(200);
      const thread = await guest.get('/t/1');
      expect(thread.status).toBe(200);
      expect(thread.html).toContain('id="post-2"');
      // The toolkit and the plan can only be decrypted with the original key.
      const member = await site.as('driftwood');
      for (const path of ['/', '/t/1', '/toolkit', '/toolkit/plan', '/notifications', '/mine'])
        expect([path, (await member.get(path)).status]).toEqual([path, 200]);
      const moderator = await site.as('harbour-mod');
      for (const path of ['/mod', '/mod/log', '/mod/stats'])
        expect([path, (await moderator.get(path)).status]).toEqual([path, 200]);
    } finally {
      await site.close();
    }
  });
});
