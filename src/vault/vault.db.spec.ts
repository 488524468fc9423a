import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Config } from '../kernel/config.js';
import { DecryptionFailed } from './encryption.js';
import { Vault } from './vault.js';

describe('the vault', () => {
  let db: TestDatabase;
  const vault = (settings: Partial<Config> = {}): Vault =>
    new Vault(
      Object.assign(new Config(), { SECRET_KEY: 's'.repeat(32) }, settings),
      db.sql,
      db.clock,
    );
  const stored = async (
    member: string,
  ): Promise<{ wrapped: Buffer; wrapped_by: string } | undefined> =>
    (
      (await db.make.rows('select wrapped, wrapped_by from private_keys where member_id = $1', [
        member,
      ])) as { wrapped: Buffer; wrapped_by: string }[]
    )[0];

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('creates a key on the first write, and reuses it', async () => {
    const ann = await db.make.member('ann');
    expect(await vault().of(ann)).toBeNull();
    const sealed = await db.database.inTransaction(async (tx) =>
      (await vault().forWriting(tx, ann)).seal('t.words', '1', { note: 'hello' }),
    );
    expect((await vault().of(ann))?.open('t.words', '1', sealed)).toEqual({ note: 'hello' });
  });

  it('creates one key for two concurrent first writes', async () => {
    const bo = await db.make.member('bob');
    const write = (): Promise<Buffer> =>
      db.database.inTransaction(async (tx) =>
        (await vault().forWriting(tx, bo)).seal('t.words', '1', { n: 1 }),
      );
    const both = await Promise.all([write(), write()]);
    const key = await vault().of(bo);
    for (const sealed of both) expect(key?.open('t.words', '1', sealed)).toEqual({ n: 1 });
  });

  it('binds a ciphertext to its member, column and row', async () => {
    const [one, two] = [await db.make.member('one'), await db.make.member('two')];
    const keys = await db.database.inTransaction(
      async (tx) => [await vault().forWriting(tx, one), await vault().forWriting(tx, two)] as const,
    );
    const sealed = keys[0].seal('t.words', '1', { n: 1 });
    expect(() => keys[1].open('t.words', '1', sealed)).toThrow(DecryptionFailed);
    expect(() => keys[0].open('t.other', '1', sealed)).toThrow(DecryptionFailed);
    expect(() => keys[0].open('t.words', '2', sealed)).toThrow(DecryptionFailed);
  });

  it('binds a wrapped key to its member', async () => {
    const [cy, di] = [await db.make.member('cyn'), await db.make.member('dee')];
    await db.database.inTransaction(async (tx) => [
      await vault().forWriting(tx, cy),
      await vault().forWriting(tx, di),
    ]);
    await db.make.rows(
      `
        update private_keys
        set wrapped = (select wrapped from private_keys where member_id = $1)
        where member_id = $2
      `,
      [cy, di],
    );
    await expect(vault().of(di)).rejects.toThrow(DecryptionFailed);
  });

  it('keeps reading after a key change, and rewraps on the way', async () => {
    const eve = await db.make.member('eve');
    const sealed = await db.database.inTransaction(async (tx) =>
      (await vault().forWriting(tx, eve)).seal('t.words', '1', { n: 1 }),
    );
    const before = await stored(eve);
    const changed = {
      SECRET_KEY: 'n'.repeat(32),
      SECRET_KEY_PREVIOUS: 's'.repeat(32),
      PRIVATE_KEY: 'p'.repeat(32),
    };
    expect((await vault(changed).of(eve))?.open('t.words', '1', sealed)).toEqual({ n: 1 });
    const after = await stored(eve);
    expect(after?.wrapped_by).not.toBe(before?.wrapped_by);
    // The old setting can now be removed.
    expect(
      (await vault({ SECRET_KEY: 'n'.repeat(32), PRIVATE_KEY: 'p'.repeat(32) }).of(eve))?.open(
        't.words',
        '1',
        sealed,
      ),
    ).toEqual({ n: 1 });
    await expect(vault().of(eve)).rejects.toThrow(DecryptionFailed);
  });

  it('rewraps all keys once on request', async () => {
    const changed = { SECRET_KEY: 'z'.repeat(32), SECRET_KEY_PREVIOUS: 's'.repeat(32) };
    await db.make.rows(`delete from private_keys`);
    for (const handle of ['gus', 'hal', 'ida']) {
      const member = await db.make.member(handle);
      await db.database.inTransaction((tx) => vault().forWriting(tx, member));
    }
    expect(await vault(changed).wrapAllAnew()).toBe(3);
    expect(await vault(changed).wrapAllAnew()).toBe(0);
    await expect(
      vault({ SECRET_KEY: 'z'.repeat(32) }).of(await db.make.member('ida')),
    ).resolves.not.toBeNull();
  });

  it('makes data unreadable by erasing the key', async () => {
    const fay = await db.make.member('fay');
    const sealed = await db.database.inTransaction(async (tx) =>
      (await vault().forWriting(tx, fay)).seal('t.words', '1', { n: 1 }),
    );
    await db.database.inTransaction((tx) => vault().erase(tx, fay));
    expect(await vault().of(fay)).toBeNull();
    const fresh = await db.database.inTransaction((tx) => vault().forWriting(tx, fay));
    expect(() => fresh.open('t.words', '1', sealed)).toThrow(DecryptionFailed);
  });
});
