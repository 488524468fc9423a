import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDatabase } from '../../test/support/databases.js';
import { migrationsRun } from '../../test/support/release.js';
import { MIGRATIONS } from '../kernel/paths.js';
import { revertTo } from './older-schema.js';

describe('the schema of an older checkout', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-older-'));
  let url: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ url, drop } = await newDatabase());
  });
  afterAll(async () => {
    await drop();
    rmSync(folder, { recursive: true });
  });

  it('has exactly the migrations of the checkout', async () => {
    const before = await migrationsRun(url);
    mkdirSync(join(folder, 'migrations'));
    for (const name of readdirSync(MIGRATIONS).sort().slice(0, -2))
      writeFileSync(join(folder, 'migrations', name), '');
    await revertTo(folder, url);
    expect(await migrationsRun(url)).toEqual(before.slice(0, -2));
  });

  it('is left unchanged if the folder is not a checkout', async () => {
    await expect(revertTo(join(folder, 'nothing'), url)).rejects.toThrow('no checkout');
  });
});
