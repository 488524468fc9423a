import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';
import { newDatabase } from './support/databases.js';
import { PGBOUNCER, startPgBouncer, type PgBouncer } from './support/pgbouncer.js';
import { describeWith } from './support/programs.js';

describeWith(PGBOUNCER !== undefined, 'pgbouncer').each([
  // A client holds its connection, so at least as many as the pools of one process.
  { pooling: 'session', size: 40 },
  { pooling: 'transaction', size: 3 },
] as const)('behind PgBouncer, $pooling pooling', ({ pooling, size }) => {
  let database: { url: string; drop: () => Promise<void> };
  let pooler: PgBouncer;
  let site: TestApp;

  beforeAll(async () => {
    database = await newDatabase();
    pooler = await startPgBouncer(database.url, pooling, size);
    site = await testApp({
      env: {
        DATABASE_URL: pooler.url,
        DATABASE_POOLING: pooling,
        DATABASE_DIRECT_URL: database.url,
      },
    });
  });
  afterAll(async () => {
    await site.close();
    await pooler.stop();
    await database.drop();
  });

  it('people write and read, many at a time', async () => {
    const slug = await site.make.community();
    await site.make.join('opener', slug);
    const opener = await site.as('opener');
    const posted = await opener.post(
      `/c/${slug}/threads`,
      { title: 'An early start', body: 'The birds were up.', kind: 'support', replyWish: 'listen' },
      `/c/${slug}/new`,
    );
    expect(posted.status).toBe(303);
    const thread = posted.headers.get('location') ?? '';
    const before = await pooler.statements();
    const paths = ['/', '/communities', `/c/${slug}`, thread, '/search?q=birds', '/notifications'];
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => paths)
        .flat()
        .map(async (path) => [path, (await opener.get(path)).status]),
    );
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
    expect((await opener.get(thread)).html).toContain('The birds were up.');
    // The counter lags behind, so expect at least half.
    expect(await pooler.statements()).toBeGreaterThan(before + answers.length / 2);
  });

  it('jobs run, without Redis', async () => {
    const slug = await site.make.community();
    await site.make.join('asker', slug);
    await site.make.join('answerer', slug);
    const thread = await site.make.thread({ community: slug, author: 'asker' });
    const answerer = await site.as('answerer');
    const path = `/t/${thread}`;
    const { status } = await answerer.post(`${path}/replies`, { body: 'I hear you.' }, path);
    expect(status).toBe(303);
    expect((await site.post.next('asker@example.org')).subject).not.toBe('');
  });
});
