import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await db.make.community({ slug: 'tea' });
});
afterAll(() => db.close());

it('a new post has the words that it has when it is indexed again', async () => {
  const thread = await db.make.thread({ community: 'tea' });
  await db.make.rows(`update threads set title = 'Café mornings', topic = 'sleep' where id = $1`, [
    thread,
  ]);
  await db.make.rows(
    `
      insert into posts (thread_id, number, body, body_html, summary, status, tier)
      select $1, 100 + n, 'The C-PTSD group meets on ' || n, '', summary, status, tier
      from (values
        (1, '', 'published', 'none'), (2, 'About a group', 'published', 'watch'),
        (3, '', 'held', 'none'), (4, '', 'published', 'crisis')
      ) as p (n, summary, status, tier)
    `,
    [thread],
  );
  const words = (): Promise<unknown> =>
    db.make.rows(
      `
        select p.number, w.words::text, w.thread_id, w.community_id, w.number as place
        from posts p
        left join post_words w on w.post_id = p.id
        where p.thread_id = $1
        order by p.number
      `,
      [thread],
    );
  const fresh = await words();
  expect(fresh).toMatchObject([
    { number: 1, place: 1 },
    { number: 101, place: 101, words: expect.stringMatching(/^'#1-.*'cptsd'.*'group':\d+ /) },
    { number: 102, place: 102, words: expect.stringMatching(/'group':\d+B,\d+ /) },
    { number: 103, words: null },
    { number: 104, words: null },
  ]);
  await db.make.rows('update posts set body = body where thread_id = $1', [thread]);
  expect(await words()).toEqual(fresh);
});
