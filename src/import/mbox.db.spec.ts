import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { dumpAt, importedPosts, importFrom, lossesOf } from '../../test/support/imported.js';
import { openMbox } from './mbox.js';
import { digest } from './mbox-message.js';
import type { ImportReport } from './report.js';

const FILE = dumpAt('list.mbox');
const PLACES = ['evenings=quiet-evenings.lists.example', 'rest'];
const id = (name: string): string => digest(`${name}@posts.example`);

describe('the archive of a mailing list', () => {
  let db: TestDatabase;
  let report: ImportReport;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-mbox-'));

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('supports a dry run', async () => {
    report = await importFrom(db, openMbox, FILE, PLACES, { dryRun: true });
    expect(report.made).toEqual({ members: 4, threads: 4, posts: 7 });
    expect(await db.make.all('select 1 from imports')).toEqual([]);
    expect(await importedPosts(db)).toEqual([]);
    expect(await db.make.all('select 1 from members')).toEqual([]);
  });

  it('yields threads and posts, with dates, replies and names', async () => {
    report = await importFrom(db, openMbox, FILE, PLACES);
    expect(report.made).toEqual({ members: 4, threads: 4, posts: 7 });
    const posts = await db.make.all<Record<string, unknown>>(`
      select c.slug, t.title, p.number, m.email::text as author, p.body, p.reply_to_number as answers,
        p.created_at as "at"
      from posts p
      join threads t on t.id = p.thread_id
      join communities c on c.id = t.community_id
      left join members m on m.id = p.author_id
      order by t.created_at, t.id, p.number`);
    const row = (
      title: string,
      number: number,
      author: string,
      at: string,
      body: string,
      answers: number | null = null,
      slug = 'evenings',
    ): object => ({
      ...{ slug, title, number, author: `${author}@posts.example`, body, answers },
      at: new Date(at),
    });
    const title = 'What helps in the evening?';
    expect(posts).toEqual([
      row(
        title,
        1,
        'otter',
        '2020-09-13T12:26:40Z',
        'Hello all,\n\nFrom tomorrow on I want to go to bed earlier. What helps you?\n\n' +
          '- tea\n- a book\n\nWrite to me at [address left out] or ring [number left out].\n' +
          '\\# not a heading',
      ),
      row(
        title,
        2,
        'pine',
        '2020-09-13T12:27:40Z',
        'A warm drink, and café music.\n\n[file left out]',
        1,
      ),
      row(title, 3, 'otter', '2020-09-13T12:30:40Z', 'Thank you. \\*That\\* sounds kind.', 2),
      row(title, 4, 'fern', '2020-09-13T12:40:00Z', 'A walk.'),
      row(title, 1, 'fern', '2020-12-13T12:40:00Z', 'Still walking.'),
      row('Hello', 1, 'pine', '2020-12-14T08:00:00Z', 'From here on I write more often.'),
      row(
        'Hello',
        1,
        'moss',
        '2020-12-14T09:00:00Z',
        'Another hello, from an archive on the web.',
        null,
        'rest',
      ),
    ]);
  });

  it('names members by their emails, but never by an address', async () => {
    const handles = await db.make.all<{ handle: string; email: string }>(
      'select handle::text, email::text from members order by id',
    );
    expect(handles.map(({ handle }) => handle).filter((_, at) => at !== 2)).toEqual([
      'Otter-Brown',
      'Pine',
      'Moss',
    ]);
    expect(handles[2]?.email).toBe('fern@posts.example');
    expect(handles[2]?.handle).not.toMatch(/fern/i);
  });

  it('reports everything that is not imported', () => {
    const losses = lossesOf(report);
    expect(losses).toMatchObject({
      'automatic-mail': `2: ${id('6')} ${id('7')}`,
      'same-mail-again': `1: ${id('3')}`,
      'contact-in-text': `2: ${id('1')} ${id('1')}`,
      signature: `1: ${id('1')}`,
      file: `1: ${id('2')}`,
    });
    expect(losses.quotation?.split(': ')[1]?.split(' ').sort()).toEqual([id('2'), id('3')].sort());
    expect(JSON.stringify(report)).not.toContain('@');
  });

  it('can be resumed without duplicates', async () => {
    const packed = join(folder, 'list.mbox.gz');
    writeFileSync(packed, gzipSync(readFileSync(FILE)));
    const again = await importFrom(db, openMbox, packed, PLACES);
    expect(again.made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(await importedPosts(db)).toHaveLength(7);
  });

  it.each([
    ['a text', 'hello', 'is not an mbox'],
    ['blank lines', '\n\n', 'contains no messages written by people'],
  ])('refuses %s', async (_what, text, fault) => {
    const file = join(folder, 'other');
    writeFileSync(file, text);
    await expect(importFrom(db, openMbox, file, ['old'])).rejects.toThrow(fault);
  });
});
