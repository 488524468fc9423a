import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { MINUTE } from './clock.js';
import { runWithSecret } from './secret-shown-once.js';

describe('runWithSecret', () => {
  let db: TestDatabase;
  let made: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());

  const send = (key: string, stands = true, secretKey = 'a'.repeat(40)): Promise<string> =>
    db.database.inTransaction((tx) =>
      runWithSecret(
        tx,
        secretKey,
        {
          memberId: '7',
          what: 'feed',
          key,
          words: ['Tea'],
          stands: (_tx, secret) => Promise.resolve(stands && made.includes(secret)),
        },
        db.clock.now(),
        (secret) => Promise.resolve(made.push(secret)),
      ),
    );

  it('shows one secret for a form that is submitted twice, also concurrently', async () => {
    made = [];
    const [first = '', ...others] = await Promise.all(['k', 'k', 'k'].map((key) => send(key)));
    expect(first).toMatch(/^[\w-]{43}$/);
    expect([...others, await send('k')]).toEqual([first, first, first]);
    expect(made).toEqual([first]);
    expect(await send('other')).not.toBe(first);
  });

  it('generates another after ten minutes, if the first was revoked, and without a key', async () => {
    made = [];
    const first = await send('again');
    expect(await send('again', false)).not.toBe(first);
    db.clock.move(10 * MINUTE);
    await send('again');
    expect(await send('')).not.toBe(await send(''));
    expect(new Set(made).size).toBe(5);
    expect(made).toHaveLength(5);
  });

  it('stores nothing from which the secret follows without SECRET_KEY and the form', async () => {
    const secret = await send('form key');
    const rows = await db.make.all<{ row: string }>('select s::text as row from sent_forms s');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain('form key');
  });
});
