import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import {
  dumpAt,
  importedPosts,
  importFrom,
  lossesOf,
  rowsOf,
} from '../../test/support/imported.js';
import { ImportFault } from './import-fault.js';
import { openPhpbb } from './phpbb.js';
import type { ImportReport } from './report.js';

const at = (seconds: number): Date => new Date((1_500_000_000 + seconds) * 1_000);
const COMMUNITIES = ['nights=Nights & mornings', 'old'];

describe('a dump of phpBB', () => {
  let db: TestDatabase;
  let report: ImportReport;

  beforeAll(async () => {
    db = await testDatabase();
    report = await importFrom(db, openPhpbb, dumpAt('phpbb.sql'), COMMUNITIES);
  });
  afterAll(async () => {
    await db.close();
  });

  it('yields threads and posts, with dates, replies and names', async () => {
    const row = rowsOf('nights', at);
    const old = { slug: 'old', title: 'A poll about tea', closed: true };
    expect(await importedPosts(db)).toEqual([
      row(
        1,
        'Otter-Co',
        1_000,
        'I am awake **again**.\n\n- tea\n- a book\n\nWhat helps \\*you\\*? :)',
      ),
      row(
        2,
        'Pine-Cone',
        1_010,
        '> Otter wrote:\n>\n> What helps \\*you\\*?\n\nA _warm_ drink, and ' +
          'https://help.example/sleep_well_tonight\n[file left out]\n\n[file left out]',
        { answers: 1, edited: true },
      ),
      row(
        3,
        'Bus-Stop',
        1_020,
        '[image left out] An owl came by.\n\n> Hidden until opened:\n>\n> It was _loud_.',
        { folded: true },
      ),
      row(
        4,
        null,
        1_030,
        '**Something else entirely**\n\nI only read along. [This](https://help.example/a_%28b%29) ' +
          'helped me.\n\n```\nbreathe in\n  *breathe out*\n```',
      ),
      row(5, null, 1_040, 'From somebody who is banned.'),
      row(6, 'Otter-Co', 1_070, '> Bus Stop wrote:\n>\n> An owl\n\nIt comes every night 🦉', {
        answers: 3,
      }),
      row(
        1,
        'Pine-Cone',
        1_400,
        'Kept from **long** ago & still here :)\n\n- green\n- black\n\nhttps://tea.example/',
        old,
      ),
      row(2, 'Otter-Co', 1_410, '1\\. no list\n\\# no heading\n**no end**', old),
    ]);
  });

  it('excludes members banned by account, address or an administrator', async () => {
    expect(await db.make.all('select handle::text, email::text from members order by id')).toEqual([
      { handle: 'Otter-Co', email: 'otter@posts.example' },
      { handle: 'Pine-Cone', email: 'pine@posts.example' },
      { handle: 'Bus-Stop', email: 'bus@posts.example' },
      { handle: 'Never-Confirmed', email: null },
      { handle: 'Let-Back-In', email: 'back@posts.example' },
    ]);
    expect(lossesOf(report)['banned-member']).toBe('3: 5 7 9');
  });

  it('reports everything that is not imported', () => {
    expect(lossesOf(report)).toMatchObject({
      'private-category': '3: 3 4 6',
      'deleted-topic': '1: 2',
      'unapproved-topic': '1: 3',
      'deleted-post': '1: 6',
      'unapproved-post': '2: 7 9',
      'post-in-hidden-topic': '1: 8',
      'post-in-topic-left-out': '2: 10 13',
      'private-message': '2: 1 2',
      'unconfirmed-address': '1: 8',
      signature: '1: 3',
      poll: '1: 6',
      file: '2: 2 2',
      image: '1: 3',
      look: '1: 3',
      spoiler: '1: 3',
    });
  });

  it('can be resumed without duplicates', async () => {
    const again = await importFrom(db, openPhpbb, dumpAt('phpbb.sql'), COMMUNITIES);
    expect(again.made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(again.there.posts).toBe(8);
    expect(await importedPosts(db)).toHaveLength(8);
  });

  it('is rejected if it is of another product', async () => {
    const refused = importFrom(db, openPhpbb, dumpAt('signs.sql'), COMMUNITIES);
    await expect(refused).rejects.toThrow(ImportFault);
    await expect(refused).rejects.toThrow('not one of phpBB 3.3');
  });
});
