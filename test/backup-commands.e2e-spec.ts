import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backUp } from '../src/backup/backup.js';
import { objectCount } from '../src/backup/catalog.js';
import { migrate } from '../src/kernel/database.js';
import { connected, newDatabase } from './support/databases.js';
import { eventually } from './support/eventually.js';
import { startEntry, type Running } from './support/process.js';
import { allRows, restoreRelease } from './support/release.js';

const PASSPHRASE = 'a quiet row of boats';

describe('the operator’s commands for backups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-backup-'));
  const file = join(folder, 'site.backup');
  const drops: (() => Promise<void>)[] = [];
  let url: string;

  const fresh = async (): Promise<string> => {
    const made = await newDatabase('');
    drops.push(made.drop);
    return made.url;
  };
  const isEmpty = async (target: string): Promise<boolean> =>
    (await connected(target, objectCount)) === 0;
  const operator = (verb: string[], more: Record<string, string> = {}): Running =>
    startEntry(
      'cli/admin.js',
      {
        DATABASE_URL: url,
        DATA_DIR: folder,
        SECRET_KEY: 'k'.repeat(40),
        BACKUP_PASSPHRASE: PASSPHRASE,
        ...more,
      },
      verb,
    );

  beforeAll(async () => {
    url = await fresh();
    await restoreRelease(url);
    await migrate(url);
    await backUp(url, file, PASSPHRASE, () => undefined);
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('save, rehearse and restore, in words and as JSON', async () => {
    const own = join(folder, 'own.backup');
    const saved = operator(['backup', own]);
    expect(await saved.ended).toBe(0);
    expect(saved.said()).toMatch(/rows of \d+ tables are in .*own\.backup/);
    expect(saved.said()).toMatch(/PRIVATE_KEY/);
    const again = operator(['backup', own]);
    expect(await again.ended).toBe(2);
    expect(again.said()).toMatch(/^[^\n]+already exists[^\n]+\n$/);
    const rehearsed = operator(['rehearse', own]);
    expect(await rehearsed.ended).toBe(0);
    expect(rehearsed.said()).toMatch(/^Rehearsed [^\n]+ all checksums equal\.\n$/);
    const now = operator(['rehearse', '--json'], { BACKUP_PASSPHRASE: '' });
    expect(await now.ended).toBe(0);
    expect(JSON.parse(now.said())).toMatchObject({ file: null });
    const target = await fresh();
    const restored = operator(['restore', own, '--json'], { DATABASE_URL: target });
    expect(await restored.ended).toBe(0);
    expect(JSON.parse(restored.said())).toMatchObject({ newer: 0, missing: [expect.any(String)] });
    const refused = operator(['restore', own], { DATABASE_URL: target });
    expect(await refused.ended).toBe(2);
    expect(refused.said()).toMatch(/^The database is not empty[^\n]+\n$/);
  });

  it.each([
    ['no passphrase', ['backup', '/tmp/x'], { BACKUP_PASSPHRASE: '' }, /^A backup needs a passph/],
    ['a passphrase among the arguments', ['backup', '/tmp/x', '--passphrase', 'y'], {}, /Unknown/],
    [
      'a database that is away',
      ['rehearse', '/dev/null'],
      { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' },
      /^The database does not respond/,
    ],
  ])('refuse %s in one line', async (_what, verb, more, line) => {
    const refused = operator(verb, more);
    expect(await refused.ended).toBeGreaterThan(0);
    expect(refused.said().split('\n')[0]).toMatch(line);
    expect(refused.said()).not.toContain('    at ');
  });

  it('killed while saving, leave nothing under its name', async () => {
    const killed = join(folder, 'killed.backup');
    // An unread pipe buffers 64 KB, after which the command blocks.
    execFileSync('mkfifo', [`${killed}.part`]);
    const reader = openSync(`${killed}.part`, 'r+');
    const running = operator(['backup', killed]);
    await eventually(
      async () => (await sessions(url, 'sameboat-backup')) > 0,
      'the backup at work',
    );
    running.signal('SIGKILL');
    await running.ended;
    closeSync(reader);
    expect(existsSync(killed)).toBe(false);
    rmSync(`${killed}.part`);
    const next = operator(['backup', killed]);
    expect(await next.ended).toBe(0);
    expect(existsSync(killed)).toBe(true);
  });

  it('killed while restoring, leave an empty database that a second try fills', async () => {
    const target = await fresh();
    const pipe = join(folder, 'pipe.backup');
    execFileSync('mkfifo', [pipe]);
    // Sends all but the end and keeps the pipe open, so that the command waits inside its
    // transaction.
    const feed = 'exec 3<>"$1"; head -c "$2" "$0" >&3; exec sleep 600';
    const most = String(statSync(file).size - 1_000);
    const feeder = spawn('sh', ['-c', feed, file, pipe, most], { stdio: 'ignore' });
    const running = operator(['restore', pipe], { DATABASE_URL: target });
    await eventually(async () => (await sessions(target, 'sameboat')) > 0, 'the restore at work');
    running.signal('SIGKILL');
    await running.ended;
    feeder.kill('SIGKILL');
    await eventually(async () => (await sessions(target, 'sameboat')) === 0, 'its session gone');
    expect(await isEmpty(target)).toBe(true);
    const second = operator(['restore', file], { DATABASE_URL: target });
    expect(await second.ended).toBe(0);
    expect((await allRows(target)).get('posts')?.length).toBe(625);
  });

  async function sessions(target: string, application: string): Promise<number> {
    const { rows } = await connected(url, (client) =>
      client.query('select 1 from pg_stat_activity where datname = $1 and application_name = $2', [
        new URL(target).pathname.slice(1),
        application,
      ]),
    );
    return rows.length;
  }
});
