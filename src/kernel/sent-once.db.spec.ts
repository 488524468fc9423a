import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { MINUTE } from './clock.js';
import { runIdempotent } from './sent-once.js';

describe('runIdempotent', () => {
  let db: TestDatabase;
  let done: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());

  const send = (words: string, memberId: string | null = '7', fails = false): Promise<string> =>
    db.database.inTransaction((tx) =>
      runIdempotent(tx, { memberId, what: 'note', words: [1, words] }, db.clock.now(), () => {
        if (fails) return Promise.reject(new Error('refused'));
        done.push(words);
        return Promise.resolve(`answer ${done.length}`);
      }),
    );

  it('runs once within ten minutes, also concurrently, and returns the same result', async () => {
    done = [];
    expect(await Promise.all(['Tea', 'Tea', 'Tea'].map((words) => send(words)))).toEqual(
      Array(3).fill('answer 1'),
    );
    expect(await send('Tea')).toBe('answer 1');
    expect(done).toEqual(['Tea']);
    db.clock.move(10 * MINUTE);
    expect(await send('Tea')).toBe('answer 2');
  });

  it('runs for each member, and for other content', async () => {
    done = [];
    await send('Cake');
    await send('Cake', '8');
    await send('Cake', null);
    await send('Cakes');
    expect(done).toEqual(['Cake', 'Cake', 'Cake', 'Cakes']);
  });

  it('runs again if the result was removed', async () => {
    const make = (there: boolean): Promise<string> =>
      db.database.inTransaction((tx) =>
        runIdempotent(
          tx,
          { memberId: '7', what: 'rule', words: [], stands: () => Promise.resolve(there) },
          db.clock.now(),
          () => Promise.resolve(`rule ${++made}`),
        ),
      );
    let made = 0;
    await make(true);
    expect([await make(true), await make(false), await make(true)]).toEqual([
      'rule 1',
      'rule 2',
      'rule 2',
    ]);
  });

  it('runs if the first submission was rejected', async () => {
    done = [];
    await expect(send('Bread', '7', true)).rejects.toThrow('refused');
    await send('Bread');
    expect(done).toEqual(['Bread']);
  });
});
