import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import {
  dumpAt,
  importedPosts,
  importFrom,
  lossesOf,
  rowsOf,
} from '../../test/support/imported.js';
import { openFlarum } from './flarum.js';
import type { ImportReport } from './report.js';

const at = (minutes: number): Date => new Date(Date.UTC(2021, 2, 4, 8, minutes));
const COMMUNITIES = ['nights=Nights', 'named=Open by name', 'rest'];

describe('a dump of Flarum', () => {
  let db: TestDatabase;
  let report: ImportReport;

  beforeAll(async () => {
    db = await testDatabase();
    report = await importFrom(db, openFlarum, dumpAt('flarum.sql.gz'), COMMUNITIES);
  });
  afterAll(async () => {
    await db.close();
  });

  it('yields threads and posts, with dates, replies and names', async () => {
    const row = rowsOf('nights', at);
    expect(await importedPosts(db)).toEqual([
      row(
        1,
        'otter',
        0,
        "# Four o'clock\n\nI am **awake** again, @pine-cone.\nWhat helps _you_? 🙂\n\n- tea\n- a book",
      ),
      row(
        2,
        'pine-cone',
        5,
        '@otter a ~~cold~~ warm drink, and `counting`.\n\n> What helps _you_?\n\n' +
          '[image left out] (a cup) [this](https://help.example/a) https://help.example/b_c',
        { answers: 1, edited: true },
      ),
      row(3, null, 15, '> Hidden until opened:\n>\n> It was loud.\n\nAn owl 🦉 1 * 2', {
        folded: true,
      }),
      row(4, null, 20, 'From somebody who is gone.'),
      row(1, 'pine-cone', 60, '```\nbreathe in\n  *out*\n```', {
        ...{ slug: 'rest', title: 'No tag at all', closed: true },
      }),
      row(1, 'was-away', 110, '@otter over there.', {
        ...{ slug: 'named', title: 'Restricted but open' },
      }),
    ]);
  });

  it('excludes suspended members and unconfirmed addresses', async () => {
    expect(await db.make.all('select handle::text, email::text from members order by id')).toEqual([
      { handle: 'otter', email: 'otter@posts.example' },
      { handle: 'pine-cone', email: 'pine@posts.example' },
      { handle: 'was-away', email: 'away@posts.example' },
      { handle: 'unsure', email: null },
    ]);
  });

  it('reports everything that is not imported', () => {
    expect(lossesOf(report)).toMatchObject({
      'banned-member': '1: 3',
      'unconfirmed-address': '1: 5',
      'private-category': '2: 4 6',
      'topic-in-private-category': '2: 3 8',
      'post-in-topic-left-out': '2: 9 14',
      'deleted-topic': '1: 4',
      'private-topic': '1: 5',
      'unapproved-topic': '1: 6',
      'post-in-hidden-topic': '3: 10 11 12',
      'deleted-post': '1: 6',
      'unapproved-post': '1: 7',
      'event-post': '1: 3',
      'private-message': '1: 1',
      tag: '3: 1 1 3',
      image: '1: 2',
      look: '1: 4',
      spoiler: '1: 4',
    });
  });

  it('can be resumed without duplicates', async () => {
    const again = await importFrom(db, openFlarum, dumpAt('flarum.sql.gz'), COMMUNITIES);
    expect(again.made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(await importedPosts(db)).toHaveLength(6);
  });
});
