import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { sharedCaches } from '../../test/support/shared-caches.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import { Vault } from '../vault/vault.js';
import { Screening } from '../triage/screening.js';
import { loadDemo } from '../seed/demo.js';
import type { Viewer } from '../http/viewer.js';
import { SpellingCorrection } from './spelling-correction.service.js';
import { readSearchOptions } from './search-options.js';
import { Searching } from './searching.service.js';
import { ThreadSearch } from './thread-search.js';
import { SearchVocabulary } from './vocabulary.service.js';

/** Search queries, and the thread that should rank first. */
const QUERIES: [looks: string, first: string][] = [
  ['supermarket', 'What do you actually do when it starts in a supermarket queue?'],
  ['phone calls', 'phone calls'],
  ['ring the dentist', 'phone calls'],
  ['wedding', 'Wedding season and every auntie has a question'],
  ['presenting to people', 'Presenting to thirty people and I have already rehearsed the disaster'],
  ['voicemail', 'What did you do with the voicemails'],
  ['missed birthday', "missed my friend's birthday again"],
  ['"good scissors"', 'The good scissors'],
  ['diagnosed', 'Diagnosed at fifty-three and furious'],
  ['ashamed of my house', 'My house makes me ashamed'],
  ['greyhounds', 'An old greyhound and a bad winter, some notes'],
  ['waiting list', 'On a waiting list. What do you do with the waiting?'],
  ['laid off', 'Laid off, sitting in the truck in my own driveway'],
  ['sleep tracker', 'I took the sleep tracker off my wrist'],
  ['twin', 'They wake in relay'],
  ['SNORING', 'the missus recorded my snoring'],
  ['dreams', 'Putting off going to bed because of the dreams'],
  ['doctor tablets sleep', 'Asking the doctor about tablets for sleep, I feel ashamed'],
  ['mother-in-law', 'My mother-in-law rearranges the cupboard'],
  ['lullaby', 'Songs you have sung that are not lullabies'],
  ['back at work brain', 'Back at work and I left my brain with the nursery'],
  ['smell of a scarf', "the smell's gone off the scarf"],
  ['difficult marriages', "It was a difficult marriage and I'm grieving anyway"],
  ['does the dog know', 'Does the dog know'],
  ['lost our baby', 'We lost our baby in spring and people say "try again"'],
  ['friends stopped asking', 'My friends have stopped asking me along'],
  ['found in the frídge', 'Things you have found in the fridge'],
  ['anxeity leaflet', 'Prescribed something for anxiety, frightened of the leaflet'],
  ['hedgehog sleep silence noise', "can't sleep in silence, can't sleep in noise"],
  ['school reports -fridge', 'They want school reports and mine were lost in a move'],
];

describe('search in the demo communities', () => {
  let db: TestDatabase;
  let searching: Searching;
  const titles = async (
    q: string,
    viewer: Viewer | null = null,
    more: Record<string, string> = {},
  ): Promise<string[]> => {
    const { found } = await searching.search(viewer, readSearchOptions({ q, ...more }), 'en', true);
    return found.rows.map((row) => ('title' in row ? row.title : row.name));
  };

  beforeAll(async () => {
    db = await testDatabase();
    expect(
      await loadDemo(
        db.database,
        new Vault(readConfig({ SECRET_KEY: 'k'.repeat(40) }), db.sql, db.clock),
        db.clock.now(),
        'x',
      ),
    ).toBe(true);
    await new SearchVocabulary(db.database).collect();
    const screening = new Screening(
      readConfig({ SECRET_KEY: 'k'.repeat(40) }),
      db.sql,
      db.clock,
      new Logger('silent', true),
    );
    searching = new Searching(
      db.sql,
      db.clock,
      new ThreadSearch(db.sql, db.clock, sharedCaches(db, 0)),
      new SpellingCorrection(db.sql, screening),
    );
  });
  afterAll(() => db.close());

  it('has thirty queries', () => expect(QUERIES.length).toBe(30));

  it.each(QUERIES)('%s → %s', async (looks, first) => {
    expect((await titles(looks))[0]).toBe(first);
  });

  it('never shows members-only content to guests', async () => {
    const closed = (await db.make.rows(
      `
        select t.title
        from threads t
        join communities c on c.id = t.community_id
        where c.visibility <> 'public'
      `,
    )) as { title: string }[];
    expect(closed.length).toBeGreaterThan(20);
    for (const { title } of closed) expect(await titles(title)).not.toContain(title);
  });

  it('ranks the newer of two similar threads first, and answered before unanswered', async () => {
    await db.make.community({ slug: 'alike' });
    const make = async (days: number, replies: number): Promise<string> => {
      const id = await db.make.thread({
        community: 'alike',
        title: 'Cloudberries by the water',
        body: 'Cloudberries.',
      });
      await db.make.rows(
        `
          update threads
          set last_post_at = $2::timestamptz - $3 * interval '1 day', reply_count = $4
          where id = $1
        `,
        [id, db.clock.now(), days, replies],
      );
      return id;
    };
    const [old, fresh, answered] = [await make(300, 0), await make(3, 0), await make(3, 2)];
    const { found } = await searching.search(
      null,
      readSearchOptions({ q: 'cloudberry' }),
      'en',
      true,
    );
    expect(found.place === 'threads' ? found.rows.map(({ id }) => id) : []).toEqual([
      answered,
      fresh,
      old,
    ]);
  });

  it('searches once for a single word that nobody wrote, and again for any of several', async () => {
    const searches = async (q: string): Promise<number> => {
      const before = db.sql.count;
      expect(await titles(q)).toEqual([]);
      return db.sql.count - before;
    };
    await titles('dog');
    expect(await searches('zyzzyvaquux')).toBe(3);
    expect(await searches('zyzzyvaquux qqxxyzzy')).toBe(5);
  });

  it('finds strategies and communities by their words', async () => {
    expect((await titles('lying awake', null, { in: 'communities' }))[0]).toContain('Sleep');
    expect((await titles('intrusive thoughts', null, { in: 'communities' }))[0]).toContain('OCD');
  });
});
