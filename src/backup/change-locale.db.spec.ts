import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, newDatabase, serverUrl } from '../../test/support/databases.js';
import { allRows, restoreRelease } from '../../test/support/release.js';
import { sequenceStates } from './catalog.js';
import { changeLocale, dropOldDatabase } from './change-locale.js';

const quietly = (): void => undefined;
const room = (): boolean => true;

describe('a database with the locale C', () => {
  let url: string;
  let drop: () => Promise<void>;
  let before: Map<string, string[]>;

  beforeAll(async () => {
    ({ url, drop } = await newDatabase(`template0 locale_provider libc locale 'C'`));
    await restoreRelease(url);
    await connected(url, (client) =>
      client.query(`update members set about = 'Éxito' where id = (select min(id) from members)`),
    );
    before = await allRows(url);
  });
  afterAll(async () => {
    await dropOldDatabase(url);
    await drop();
  });

  const name = (): string => new URL(url).pathname.slice(1);
  const databases = async (): Promise<string[]> =>
    connected(serverUrl(), async (client) => {
      const { rows } = await client.query<{ name: string }>(
        'select datname as name from pg_database where starts_with(datname, $1) order by 1',
        [name()],
      );
      return rows.map((row) => row.name);
    });
  const found = async (): Promise<number> =>
    connected(url, async (client) => {
      const { rowCount } = await client.query(`select from members where about ilike 'éxito'`);
      return rowCount ?? 0;
    });
  const unchanged = async (): Promise<void> => {
    expect(await databases()).toEqual([name()]);
    expect(Object.fromEntries(await allRows(url))).toEqual(Object.fromEntries(before));
  };

  it('is left unchanged if the disk is full, somebody is connected or a copy differs', async () => {
    expect(await found()).toBe(0);
    await expect(changeLocale(url, () => false, quietly)).rejects.toThrow(/no room/);
    await connected(url, () =>
      expect(changeLocale(url, room, quietly)).rejects.toThrow(/stop Sameboat/),
    );
    const spoil = (what: string): void => {
      if (what === 'Comparing') throw new Error('the copy cannot be read');
    };
    await expect(changeLocale(url, room, spoil)).rejects.toThrow('the copy cannot be read');
    await unchanged();
  });

  it('is copied and compared, and kept under another name until it is dropped', async () => {
    const sequences = await connected(url, sequenceStates);
    const done = await changeLocale(url, room, quietly);
    const rows = [...before.values()].reduce((sum, each) => sum + each.length, 0);
    expect(done?.rows).toBeGreaterThan(5_000);
    expect(rows).toBeGreaterThan(5_000);
    expect(Object.fromEntries(await allRows(url))).toEqual(Object.fromEntries(before));
    expect(await connected(url, sequenceStates)).toEqual(sequences);
    expect(await found()).toBe(1);
    expect(await databases()).toEqual([name(), done?.kept]);
    const kept = url.replace(name(), done?.kept ?? '');
    expect(Object.fromEntries(await allRows(kept))).toEqual(Object.fromEntries(before));
    expect(await changeLocale(url, room, quietly)).toBeNull();
    expect(await dropOldDatabase(url)).toEqual([done?.kept]);
    await unchanged();
  });
});
