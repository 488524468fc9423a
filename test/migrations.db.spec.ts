import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, migrationClasses, revertMigration } from '../src/kernel/database.js';
import { newDatabase } from './support/databases.js';
import { schema } from './support/schema.js';

describe('migrations', () => {
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ url, drop } = await newDatabase(''));
  });
  afterAll(() => drop());

  it('go up, down and up again to the same schema', async () => {
    const names = await migrate(url);
    expect(names.length).toBe((await migrationClasses()).length);
    const first = await schema(url);
    expect(first.length).toBeGreaterThan(100);
    for (const _ of names) await revertMigration(url);
    expect(await schema(url)).toEqual([]);
    await migrate(url);
    expect(await schema(url)).toEqual(first);
  });

  it('run once where two processes start at the same time', async () => {
    const other = await newDatabase('');
    const [one, two] = await Promise.all([migrate(other.url), migrate(other.url)]);
    expect([one.length, two.length].sort((a, b) => a - b)).toEqual([
      0,
      (await migrationClasses()).length,
    ]);
    await other.drop();
  });
});
