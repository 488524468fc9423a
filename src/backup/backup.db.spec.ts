import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, newDatabase } from '../../test/support/databases.js';
import { allRows, migrationsRun, restoreRelease } from '../../test/support/release.js';
import { schema } from '../../test/support/schema.js';
import { migrate } from '../kernel/database.js';
import { backUp, openBackup } from './backup.js';
import { objectCount, sequenceStates } from './catalog.js';
import { MARKS, keyFingerprints } from './contents.js';
import { readFrames, type Frame } from './frames.js';
import { differences, rehearse } from './rehearsal.js';
import { restoreFrames } from './restore.js';
import { inSnapshot, snapshotFrames } from './snapshot.js';

const PASSPHRASE = 'a quiet row of boats';
const quietly = (): void => undefined;

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-backup-'));
  const file = join(folder, 'site.backup');
  const drops: (() => Promise<void>)[] = [];
  let url: string;

  const fresh = async (): Promise<string> => {
    const made = await newDatabase('');
    drops.push(made.drop);
    return made.url;
  };
  const frames = (passphrase = PASSPHRASE, from = file): AsyncGenerator<Frame> =>
    openBackup(from, passphrase, quietly);
  const isEmpty = async (target: string): Promise<boolean> =>
    (await connected(target, objectCount)) === 0;
  const scratches = async (): Promise<number> => {
    const { rows } = await connected(url, (client) =>
      client.query(`
        select 1
        from pg_database
        where starts_with(datname, 'sameboat_rehearsal_' || (
          select oid from pg_database where datname = current_database()
        ) || '_')`),
    );
    return rows.length;
  };

  beforeAll(async () => {
    url = await fresh();
    await restoreRelease(url);
    await migrate(url);
    await backUp(url, file, PASSPHRASE, quietly);
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is readable only by its owner and contains no plain text', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).includes('driftwood')).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('restores the same rows, schema and sequences to a working database', async () => {
    const target = await fresh();
    const { ends, newer } = await restoreFrames(target, frames());
    expect(newer).toBe(0);
    const rows = await allRows(url);
    expect(rows.get('posts')?.length).toBe(625);
    rows.set('rate_limits', []);
    expect(Object.fromEntries(await allRows(target))).toEqual(Object.fromEntries(rows));
    expect(await schema(target)).toEqual(await schema(url));
    expect(await migrationsRun(target)).toEqual(await migrationsRun(url));
    expect(ends.length).toBe(rows.size);
    const [before, after] = [
      await connected(url, sequenceStates),
      await connected(target, sequenceStates),
    ];
    expect(after).toEqual(before);
    // Triggers are active again: the audit log is immutable.
    await expect(
      connected(target, (client) => client.query('delete from moderation_log')),
    ).rejects.toThrow(/append-only/);
    expect(await migrate(target)).toEqual([]);
  });

  it('is a consistent snapshot despite concurrent writes', async () => {
    const target = await fresh();
    await inSnapshot(url, async (client) => {
      const taken = snapshotFrames(client, quietly, quietly);
      const first = await taken.next();
      await connected(url, (writer) =>
        writer.query(
          `insert into site_settings (key, value, updated_at) values ('meanwhile', '1', now())`,
        ),
      );
      const rest = async function* (): AsyncGenerator<Buffer> {
        if (first.done !== true) yield first.value;
        yield* taken;
      };
      await restoreFrames(target, readFrames(rest()));
    });
    expect((await allRows(target)).get('site_settings')?.join()).not.toContain('meanwhile');
    await connected(url, (writer) =>
      writer.query(`delete from site_settings where key = 'meanwhile'`),
    );
  });

  it('of an earlier schema is restored to that schema, then migrated', async () => {
    const [old, target] = [await fresh(), await fresh()];
    await restoreRelease(old);
    const earlier = join(folder, 'earlier.backup');
    await backUp(old, earlier, PASSPHRASE, quietly);
    const { newer } = await restoreFrames(target, frames(PASSPHRASE, earlier));
    expect(await schema(target)).toEqual(await schema(old));
    expect((await migrate(target)).length).toBe(newer);
    expect(newer).toBeGreaterThan(4);
  });

  it('is not restored into a database that is not empty', async () => {
    const target = await fresh();
    await connected(target, (client) => client.query('create table theirs (id int)'));
    await expect(restoreFrames(target, frames())).rejects.toThrow(/not empty/);
    expect((await allRows(target)).get('theirs')).toEqual([]);
  });

  it('leaves the database empty if it is damaged, truncated or cannot be decrypted', async () => {
    const target = await fresh();
    const bytes = readFileSync(file);
    const wrong = join(folder, 'wrong.backup');
    const middle = Buffer.from(bytes);
    middle[bytes.length - 20] = (middle[bytes.length - 20] ?? 0) ^ 1;
    for (const content of [middle, bytes.subarray(0, bytes.length - 100), Buffer.from('hello')]) {
      writeFileSync(wrong, content);
      await expect(restoreFrames(target, frames(PASSPHRASE, wrong))).rejects.toThrow(
        /damaged|no backup/,
      );
    }
    await expect(restoreFrames(target, frames('another passphrase'))).rejects.toThrow(
      /passphrase does not open/,
    );
    expect(await isEmpty(target)).toBe(true);
  });

  it('of a newer version is rejected before anything is created', async () => {
    const target = await fresh();
    const newer = async function* (): AsyncGenerator<Frame> {
      for await (const frame of frames()) {
        const value = frame.type === 'J' ? (frame.value as { kind: string }) : null;
        if (value?.kind === 'site')
          yield { type: 'J', value: { ...value, migrations: ['FromTheFuture9999999999999'] } };
        else yield frame;
      }
    };
    await expect(restoreFrames(target, newer())).rejects.toThrow(/newer Sameboat/);
    expect(await isEmpty(target)).toBe(true);
  });

  it('is rehearsed in a scratch database that is dropped afterwards', async () => {
    const done = await rehearse(url, frames(), quietly);
    expect(done.rows).toBeGreaterThan(5_000);
    expect(await scratches()).toBe(0);
    await expect(rehearse(url, frames('another passphrase'), quietly)).rejects.toThrow(
      /passphrase/,
    );
    expect(await scratches()).toBe(0);
  });

  it('lists the key of all encrypted data', async () => {
    const found = await connected(url, async (client) => {
      const { rows: columns } = await client.query<{ table: string; column: string }>(`
        select table_name as table, column_name as column
        from information_schema.columns
        where table_schema = 'public' and column_name in ('wrapped_by', 'sealed_by')
        order by table_name`);
      await client.query('begin');
      await client.query(`
        insert into webhook_endpoints (address, events, sealed, sealed_by, created_at)
        values ('https://example.org/', '{decision.made}', '', 'webhook-mark', now())`);
      const marks = await keyFingerprints(client);
      const others = await keyFingerprints(client, ['webhook_endpoints']);
      await client.query('rollback');
      return { columns, marks, others };
    });
    expect(found.columns.map(({ table, column }) => [table, column])).toEqual(MARKS);
    expect(found.marks).toContain('webhook-mark');
    expect(found.others).toEqual(found.marks.filter((mark) => mark !== 'webhook-mark'));
  });

  it('reports the tables that differ', () => {
    const saved = ['members', 'posts', 'threads'].map((name) => ({
      kind: 'table-end' as const,
      name,
      rows: 2,
      sum: 'a',
    }));
    const found = saved.map((end, at) => ({ ...end, ...[{}, { rows: 1 }, { sum: 'b' }][at] }));
    expect(differences(saved, saved)).toEqual([]);
    expect(differences(saved, found)).toEqual(['posts', 'threads']);
  });
});
