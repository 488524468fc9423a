import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, newDatabase } from '../../test/support/databases.js';
import { allRows, restoreRelease } from '../../test/support/release.js';
import { schema } from '../../test/support/schema.js';
import { objectCount } from '../backup/catalog.js';
import { migrate } from '../kernel/database.js';
import { exportSite } from './export-site.js';
import { describeKinds } from './fields.js';
import { importSite } from './import-site.js';
import { EXPORTED_KINDS, EXCLUDED_TABLES } from './kinds.js';
import type { Manifest } from './manifest.js';

const quietly = (): void => undefined;

describe('an export of the whole site', () => {
  const root = mkdtempSync(join(tmpdir(), 'sameboat-export-'));
  const folder = join(root, 'site');
  const drops: (() => Promise<void>)[] = [];
  let url: string;
  let manifest: Manifest;

  const fresh = async (): Promise<string> => {
    const made = await newDatabase('');
    drops.push(made.drop);
    return made.url;
  };
  const records = (kind: string): Record<string, unknown>[] =>
    readFileSync(join(folder, `${kind}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    url = await fresh();
    await restoreRelease(url);
    await migrate(url);
    // The release dump is from PostgreSQL 15, whose stemmers treat some words differently.
    await connected(url, (client) => client.query('update posts set body = body'));
    manifest = await exportSite(url, folder, quietly, 'We move.');
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
    rmSync(root, { recursive: true, force: true });
  });

  it('covers every table, as a kind or excluded with a reason', async () => {
    const tables = [...(await allRows(url)).keys(), 'schema_migrations'];
    const known = [...EXPORTED_KINDS.map(({ table }) => table), ...Object.keys(EXCLUDED_TABLES)];
    expect([...known].sort()).toEqual([...tables].sort());
    const described = await connected(url, describeKinds);
    expect(described.filter(({ key }) => key.length === 0)).toEqual([]);
    for (const { kind, fields } of described) {
      const columns = fields.map(({ column }) => column);
      expect([kind.name, new Set(fields.map(({ name }) => name)).size]).toEqual([
        kind.name,
        fields.length,
      ]);
      // Renamed columns must exist.
      for (const column of Object.keys(kind.fields ?? {})) expect(columns).toContain(column);
    }
  });

  it('is described in the docs, kind by kind', () => {
    const page = readFileSync('docs/site-export.md', 'utf8');
    for (const { name, about } of EXPORTED_KINDS) {
      expect(page).toContain(`\`${name}\``);
      expect(page).toContain(about);
    }
    for (const table of Object.keys(EXCLUDED_TABLES)) expect(page).toContain(`\`${table}\``);
  });

  it('is JSON Lines with meaningful field names, readable only by its owner', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).length).toBe(manifest.kinds.length + 1);
    const posts = records('posts');
    expect(posts.length).toBe(625);
    expect(posts[0]).toMatchObject({
      id: '1',
      threadId: '1',
      number: 1,
      status: 'published',
      body: expect.any(String),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      contentWarnings: expect.any(Array),
    });
    expect(manifest.kinds.find(({ name }) => name === 'posts')?.fields.threadId).toEqual({
      type: 'id',
      refersTo: 'threads',
    });
  });

  it('is recorded in the audit log, with the reason', async () => {
    const lines = await connected(url, (client) =>
      client.query<{ reason: string }>(
        `select reason from moderation_log where deed = 'operator.site-exported'`,
      ),
    );
    expect(lines.rows).toEqual([{ reason: 'We move.' }]);
  });

  it('keeps private data encrypted, and excludes credentials', () => {
    const plans = records('safety-plans');
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans)
      expect(Buffer.from(String(plan.sealedPlan ?? plan.sealedCard), 'base64')[0]).toBe(1);
    expect(manifest.keys.length).toBeGreaterThan(0);
    expect(readdirSync(folder)).not.toContain('sessions.jsonl');
    expect(manifest.leftOut.sessions).toMatch(/log/);
  });

  it('recreates the same site in an empty database: every row, id and the search', async () => {
    const target = await fresh();
    await importSite(target, folder, quietly);
    const again = join(root, 'again');
    const second = await exportSite(target, again, quietly, 'We move.');
    const sums = ({ kinds }: Manifest): object => kinds.map(({ name, sha256 }) => [name, sha256]);
    expect(sums(second)).toEqual(sums(manifest));
    expect(second.nextIds).toEqual(manifest.nextIds);
    expect(await schema(target)).toEqual(await schema(url));
    const [before, after] = [await allRows(url), await allRows(target)];
    // These tables change during the export itself.
    const partly = ['outbox', 'mail_deliveries', 'digests', 'communities', 'moderation_log'];
    const same = EXPORTED_KINDS.map(({ table }) => table).filter(
      (table) => !partly.includes(table),
    );
    for (const table of [...same, 'post_words'])
      expect([table, after.get(table)]).toEqual([table, before.get(table)]);
  });

  it('never reuses an id', async () => {
    const target = await fresh();
    await importSite(target, folder, quietly);
    const next = `select nextval(pg_get_serial_sequence('posts', 'id'))::text as id`;
    const id = async (of: string): Promise<unknown> =>
      (await connected(of, (client) => client.query<{ id: string }>(next))).rows[0]?.id;
    expect(await id(target)).toBe(manifest.nextIds.posts);
  });

  it.each([
    ['a changed line', (copy: string) => append(copy, 'posts.jsonl', '{}\n'), /checksum/],
    ['a missing file', (copy: string) => rmSync(join(copy, 'threads.jsonl')), /cannot be read/],
    [
      'no manifest',
      (copy: string) => rmSync(join(copy, 'manifest.json')),
      /has no readable manifest/,
    ],
    [
      'another format',
      (copy: string) => edit(copy, '"formatVersion": 1', '"formatVersion": 2'),
      /version 2/,
    ],
    [
      'a kind that nobody knows',
      (copy: string) => edit(copy, '"name": "posts"', '"name": "essays"'),
      /not know the kind of record essays/,
    ],
    [
      'a field that nobody knows',
      (copy: string) => edit(copy, '"folded": {', '"creased": {'),
      /not know the field creased of posts/,
    ],
  ])('refuses %s, and leaves the database empty', async (what, harm, line) => {
    const copy = join(root, what.replaceAll(' ', '-'));
    cpSync(folder, copy, { recursive: true });
    harm(copy);
    const target = await fresh();
    await expect(importSite(target, copy, quietly)).rejects.toThrow(line);
    expect(await connected(target, objectCount)).toBe(0);
  });

  it('does not overwrite existing data', async () => {
    await expect(exportSite(url, folder, quietly, 'We move.')).rejects.toThrow(/already exists/);
    await expect(importSite(url, folder, quietly)).rejects.toThrow(/not empty/);
  });

  function append(copy: string, file: string, text: string): void {
    writeFileSync(join(copy, file), text, { flag: 'a' });
  }

  function edit(copy: string, from: string, to: string): void {
    const file = join(copy, 'manifest.json');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  }
});
