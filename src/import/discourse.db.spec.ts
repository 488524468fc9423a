import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Messages } from '../i18n/messages.js';
import { openDiscourse } from './discourse.js';
import { ImportFault } from './import-fault.js';
import type { ImportReport } from './report.js';
import { runImport } from './run-import.js';

const DUMP = 'test/fixtures/import/discourse.sql';

describe('a forum from Discourse', () => {
  let db: TestDatabase;
  let report: ImportReport;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-discourse-'));

  const run = (file: string): Promise<ImportReport> =>
    runImport(
      db.url,
      {
        ...{ source: 'discourse', open: openDiscourse, file, communities: ['everyday'] },
        ...{ origin: 'old', language: null, dryRun: false, losses: null, secrets: [] },
      },
      new Messages(),
      () => undefined,
    );

  beforeAll(async () => {
    db = await testDatabase();
    report = await run(DUMP);
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('yields its members, except system accounts', async () => {
    expect(
      await db.make.all(
        `select handle::text, email::text, created_at as "joinedAt" from members order by id`,
      ),
    ).toEqual([
      { handle: 'moss-cat', email: 'mo@posts.example', joinedAt: new Date('2020-01-02T09:00Z') },
      { handle: 'Lantern', email: 'lantern@posts.example', joinedAt: expect.any(Date) },
      { handle: 'anon123', email: null, joinedAt: expect.any(Date) },
    ]);
  });

  it('yields its threads and posts by number', async () => {
    expect(
      await db.make.all(
        `select t.title, t.locked_at is not null as locked, p.number, w.handle::text,
           p.reply_to_number as "to", p.folded, p.body, p.edited_at as edited
         from posts p
         join threads t on t.id = p.thread_id
         left join members w on w.id = p.author_id
         order by t.created_at, p.number`,
      ),
    ).toEqual(
      [
        ['moss-cat', null, 'My **kettle** sings.\n[image left out]\n\n- one\n- two'],
        [
          ...['Lantern', 1],
          '> moss_cat wrote:\n>\n> My **kettle** sings.\n\n' +
            'Mine too, @moss_cat.\tSee [here](https://kettles.example/a_b).',
        ],
        [null, 2, '> Hidden until opened:\n>\n> It is the lid.'],
        ['anon123', null, '[poll left out]\n`![code|1x1](upload://x.png)`'],
        ['Lantern', null, 'Good night.'],
      ].map(([handle, to, body], at) => ({
        title: at < 4 ? 'A kettle that sings' : 'Closed for the night',
        ...{ locked: at === 4, number: at < 4 ? at + 1 : 1, handle, to, body },
        ...{ folded: at === 2, edited: at === 0 ? new Date('2020-02-01T13:00Z') : null },
      })),
    );
  });

  it('reports what is not imported', () => {
    expect(Object.fromEntries([...report.losses].map(([what, { ids }]) => [what, ids]))).toEqual({
      'banned-member': ['3'],
      'address-left-out': ['4'],
      'name-changed': ['1'],
      'private-category': ['2'],
      'private-conversation': ['13'],
      'private-message': ['109'],
      'topic-in-private-category': ['14'],
      'deleted-topic': ['15'],
      'unlisted-topic': ['16'],
      'description-of-category': ['10'],
      'post-in-topic-left-out': ['100', '111', '112', '110'],
      'deleted-post': ['104'],
      'hidden-post': ['105'],
      'note-of-an-action': ['106'],
      'post-of-moderators': ['113'],
      'post-without-name': ['103'],
      spoiler: ['103'],
      image: ['101'],
      poll: ['107'],
    });
  });

  it('is rejected if the file is not such a dump', async () => {
    const dump = readFileSync(DUMP, 'utf8');
    for (const [name, text] of Object.entries({
      'cut.sql': dump.slice(0, -200),
      'other.sql': dump.replaceAll('public.posts', 'public.other'),
      'broken.sql': dump.replaceAll('2020-02-01 12:10:00', 'nonsense'),
    })) {
      const file = join(folder, name);
      writeFileSync(file, text);
      await expect(run(file)).rejects.toThrow(ImportFault);
    }
    expect(await db.make.all('select 1 from imports')).toHaveLength(1);
  });
});
