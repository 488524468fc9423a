import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connected, newDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { EmbeddedPostgres } from './postgres.js';

describe('the embedded database', () => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await newDatabase();
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it('folds the case of every letter', async () => {
    const { rows } = await client.query(
      `select lower('ÉXITO ŁÓDŹ') as low, 'Ñandú' ilike 'ñandÚ' as alike`,
    );
    expect(rows).toEqual([{ low: 'éxito łódź', alike: true }]);
  });
});

describe('a killed embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-killed-'));
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    server = await EmbeddedPostgres.start(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const pid = (): number =>
    Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const ask = (text: string): Promise<unknown[]> =>
    connected(
      server.url,
      async (client) => (await client.query<Record<string, unknown>>(text)).rows,
    );

  it('is reached through a socket that only this user can enter', async () => {
    const sockets = new URL(server.url).searchParams.get('host') ?? '';
    expect(statSync(sockets).mode & 0o777).toBe(0o700);
    expect(await ask('select inet_server_addr() is null as socket')).toEqual([{ socket: true }]);
    const loopback = server.url.replace(/\?.*/, '');
    const asked = await connected(loopback, (client) => client.query('select 1 as one'));
    expect(asked.rows).toEqual([{ one: 1 }]);
    expect(EmbeddedPostgres.runningUrl(folder)).toBe(server.url);
  });

  it('is restarted at the same address with all committed data', async () => {
    await ask('create table kept as select 7 as number');
    const before = pid();
    process.kill(before, 'SIGKILL');
    const kept = await eventually(
      () => ask('select number from kept').catch(() => null),
      'the database answers again',
    );
    expect(kept).toEqual([{ number: 7 }]);
    expect(pid()).not.toBe(before);
  });

  it('stays stopped if told to stop during a restart', async () => {
    const last = pid();
    process.kill(last, 'SIGKILL');
    const sockets = new URL(server.url).searchParams.get('host') ?? '';
    await server.stop();
    expect(existsSync(sockets)).toBe(false);
    await expect(ask('select 1')).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    expect(() => process.kill(last, 0)).toThrow('ESRCH');
  });
});
