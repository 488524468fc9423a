import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import {
  dumpAt,
  importedPosts,
  importFrom,
  lossesOf,
  rowsOf,
} from '../../test/support/imported.js';
import { openNodebb } from './nodebb.js';
import type { ImportReport } from './report.js';

const at = (minutes: number): Date => new Date(1_600_000_000_000 + minutes * 60_000);

describe.each(['nodebb-mongo.jsonl', 'nodebb-postgres.sql'])('a NodeBB in %s', (file) => {
  let db: TestDatabase;
  let report: ImportReport;

  beforeAll(async () => {
    db = await testDatabase();
    report = await importFrom(db, openNodebb, dumpAt(file), ['old']);
  });
  afterAll(async () => {
    await db.close();
  });

  it('yields threads and posts, with dates, replies and names', async () => {
    const row = rowsOf('old', at);
    expect(await importedPosts(db)).toEqual([
      row(
        1,
        'otter',
        0,
        'I am **awake** again, @pine-cone.\nWhat helps _you_?\n\n- tea\n- a book\n\n## No heading',
      ),
      row(
        2,
        'Pine-Cone',
        1,
        '@otter said in Awake:\n\n> What helps _you_?\n\nA ~~cold~~ warm drink. ' +
          '[image left out] (a cup) https://help.example/b_c',
        { answers: 1, edited: true },
      ),
      row(3, null, 2, 'a | b\n\ntea | book\n\n```\nbreathe in\n```'),
      row(4, null, 4, 'From somebody who is banned. \\<b>not bold\\</b> 🦉'),
      row(1, 'was-away', 30, '# Last\n\n1. a\n2. b', { title: 'Closed & kept', closed: true }),
    ]);
  });

  it('excludes banned members and unconfirmed addresses', async () => {
    expect(await db.make.all('select handle::text, email::text from members order by id')).toEqual([
      { handle: 'otter', email: 'otter@posts.example' },
      { handle: 'Pine-Cone', email: 'pine@posts.example' },
      { handle: 'was-away', email: 'away@posts.example' },
      { handle: 'unsure', email: null },
    ]);
  });

  it('reports everything that is not imported', () => {
    expect(lossesOf(report)).toMatchObject({
      'banned-member': '1: 3',
      'unconfirmed-address': '1: 5',
      'private-category': '3: 2 3 4',
      'topic-in-private-category': '3: 3 5 6',
      'post-in-topic-left-out': '3: 7 9 10',
      'deleted-topic': '1: 2',
      'post-in-hidden-topic': '1: 6',
      'deleted-post': '1: 4',
      'unapproved-post': '1: reply-1',
      'private-message': '1: 1',
      image: '1: 2',
      link: '1: 2',
      table: '1: 3',
    });
  });

  it('can be resumed without duplicates', async () => {
    const again = await importFrom(db, openNodebb, dumpAt(file), ['old']);
    expect(again.made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(await importedPosts(db)).toHaveLength(5);
  });
});

describe('other files', () => {
  let db: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-nodebb-'));

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['an array', '[\n{"_key":"user:1"}\n]', 'export it without --jsonArray'],
    ['a broken line', '{"_key":"user:1"}\n{"_key":"us', 'Line 2 of the file is not a JSON object'],
    ['other objects', '{"_key":"ip:1","value":"x"}', 'it has no user'],
    ['a text', 'hello', 'is not a complete plain SQL dump by pg_dump'],
  ])('is refused: %s', async (_what, text, fault) => {
    const file = join(folder, 'file');
    writeFileSync(file, text);
    await expect(importFrom(db, openNodebb, file, ['old'])).rejects.toThrow(fault);
    expect(await db.make.all('select 1 from imports')).toEqual([]);
  });
});
