import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { transactionsEnded } from '../../../test/support/transactions.js';
import { viewer } from '../../../test/support/viewers.js';
import { SharedCaches } from '../../http/shared-cache.js';
import { PageChanges } from '../../http/page-changes.js';
import type { RequestMetrics } from '../../http/request-metrics.js';
import type { MaybeViewer } from '../../http/viewer.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import type { Config } from '../../kernel/config.js';
import type { Replicas } from '../../kernel/replicas.js';
import { Assets } from '../../rendering/assets.js';
import { Templates } from '../../rendering/templates.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { LibraryCache } from './library-cache.js';
import { readFilter } from './library-filter.js';
import { LibraryPages } from './library-pages.js';
import { StrategyLibrary } from './strategy-library.service.js';

type Counts = Readonly<Record<string, number>>;

const messages = new Messages();
const templates = new Templates(messages, new Assets());

describe('the library in memory', () => {
  let world: TestDatabase;
  let [ann, eve] = ['', ''];
  let counts = (): Counts => ({});
  let kept: { library: StrategyLibrary; pages: LibraryPages };
  let afresh: { library: StrategyLibrary; pages: LibraryPages };

  const libraryWith = (megabytes: number, add: (read: () => Counts) => void) => {
    const { sql, clock } = world;
    const replicas = { enabled: false } as Replicas;
    const metrics = { add: (_name: string, _help: string, read: () => Counts) => add(read) };
    const shared = new SharedCaches(
      new PageChanges(sql, replicas, clock),
      clock,
      { PAGE_MEMORY_MB: megabytes } as Config,
      replicas,
      metrics as unknown as RequestMetrics,
    );
    const memory = new LibraryCache(shared, sql);
    const library = new StrategyLibrary(sql, memory);
    return { library, pages: new LibraryPages(library, memory, templates) };
  };

  beforeAll(async () => {
    world = await testDatabase();
    const { make, clock } = world;
    kept = libraryWith(24, (read) => (counts = read));
    afresh = libraryWith(0, () => undefined);
    ann = await make.member('ann');
    eve = await make.member('eve');
    for (const slug of ['tea', 'walk', 'song']) await make.strategy({ slug, needs: ['worry'] });
    await make.strategy({ slug: 'rest', needs: ['low'], minutes: 20 });
    await make.community({ slug: 'kitchen' });
    clock.freeze();
  });
  afterAll(() => world.close());

  const ready = async (): Promise<void> => {
    await transactionsEnded(world.make);
    // A mark is reused for a second.
    world.clock.move(2_000);
  };
  const i18n = (locale = 'en'): Translator => new Translator(messages, locale, world.clock.now());
  const pageOf = async (
    { pages }: { pages: LibraryPages },
    reader: MaybeViewer,
    query: Partial<Record<string, string>> = {},
    locale = 'en',
  ): Promise<string> => {
    const filter = readFilter(query);
    const { template, view } = await pages.content(reader, filter, undefined, i18n(locale));
    return templates.render(template, view, { locale, viewer: reader });
  };
  const member = (memberId: string): MaybeViewer => viewer({ memberId });
  const contextOf = async ({ library }: { library: StrategyLibrary }, reader: MaybeViewer) => {
    const row = await new StrategyAccess(world.sql).load(reader, 'tea');
    return library.contextOf(row, reader);
  };

  it('is the page that is made afresh, for members and guests and in each language', async () => {
    await ready();
    for (const reader of [member(ann), null])
      for (const query of [{}, { need: 'worry' }, { q: 'walk' }, { q: 'nothing-like-it' }])
        for (const locale of ['en', 'es']) {
          const page = await pageOf(afresh, reader, query, locale);
          expect(await pageOf(kept, reader, query, locale)).toBe(page);
          expect(await pageOf(kept, reader, query, locale)).toBe(page);
        }
    expect(counts()).toMatchObject({ read: 16, reused: 16, stale: 0 });
    expect(counts().bytes).toBeGreaterThan(10_000);
  });

  it('shows nobody what they hid, and everybody else what they did not', async () => {
    await ready();
    await world.make.rows(
      `insert into strategy_hides (member_id, strategy_id)
       select $1, id from coping_strategies where slug in ('walk', 'song')`,
      [eve],
    );
    const [whole, own] = [await pageOf(kept, member(ann)), await pageOf(kept, member(eve))];
    expect(whole).toContain('/strategies/walk');
    expect(own).not.toContain('/strategies/walk');
    expect(own).toBe(await pageOf(afresh, member(eve)));
    const filter = readFilter({ need: 'worry' });
    const slugs = (rows: readonly { slug: string }[]): string[] => rows.map(({ slug }) => slug);
    for (let times = 0; times < 5; times += 1) {
      const { picked } = await kept.library.pick(member(eve), 'en', filter, '');
      expect(picked?.slug).toBe('tea');
    }
    const other = await kept.library.pick(member(eve), 'en', filter, 'tea');
    expect([other.picked, other.nearest]).toEqual([null, null]);
    expect(slugs((await contextOf(kept, member(ann))).similar)).toEqual(['walk', 'song']);
    expect((await contextOf(kept, member(eve))).similar).toEqual([]);
  });

  it('picks each of those that fit, and the steps of the one', async () => {
    const filter = readFilter({ need: 'worry' });
    const seen = new Set<string | undefined>();
    for (let times = 0; times < 60; times += 1) {
      const { picked } = await kept.library.pick(member(ann), 'en', filter, '');
      expect(picked?.steps).toEqual(['One thing.', 'Another thing.']);
      seen.add(picked?.slug);
    }
    expect([...seen].sort()).toEqual(['song', 'tea', 'walk']);
    const short = readFilter({ need: 'low', minutes: '5' });
    const { picked, nearest } = await kept.library.pick(member(ann), 'en', short, '');
    expect([picked, nearest?.slug]).toEqual([null, 'rest']);
  });

  it.each([
    ['a new strategy', () => world.make.strategy({ slug: 'bath', needs: ['worry'], minutes: 1 })],
    ['another name', () => world.make.rows(`update coping_strategies set name = 'Renamed'`)],
    [
      'a withdrawal',
      () =>
        world.make.rows(`update coping_strategies set status = 'withdrawn' where slug = 'song'`),
    ],
  ])('is read anew after %s', async (_what, change) => {
    await ready();
    const [before, alike] = [await pageOf(kept, member(ann)), await contextOf(kept, member(ann))];
    await change();
    const page = await pageOf(kept, member(ann));
    expect(page).not.toBe(before);
    expect(page).toBe(await pageOf(afresh, member(ann)));
    const context = await contextOf(kept, member(ann));
    expect(context).not.toEqual(alike);
    expect(context).toEqual(await contextOf(afresh, member(ann)));
  });

  it('shows an answer and a story as soon as they are there', async () => {
    const tea = `(select id from coping_strategies where slug = 'tea')`;
    await ready();
    const before = await contextOf(kept, member(ann));
    expect([before.answers, before.stories]).toEqual([[], []]);
    await world.make.rows(
      `insert into strategy_feedback (strategy_id, member_id, helped, need, situation)
       values (${tea}, $1, true, 'worry', '')`,
      [eve],
    );
    const thread = await world.make.thread({ community: 'kitchen', author: 'eve' });
    const post = await world.make.reply({ thread, author: 'eve' });
    await world.make.rows(
      `insert into post_strategies (post_id, strategy_id, state) values ($1, ${tea}, 'accepted')`,
      [post],
    );
    const { answers, stories } = await contextOf(kept, member(ann));
    expect(answers).toEqual([{ need: 'worry', helped: 1, notForMe: 0 }]);
    expect(stories.map(({ threadId }) => threadId)).toEqual([thread]);
  });
});
