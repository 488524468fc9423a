import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { loadStarter, loadTranslations, starterPack } from '../../seed/starter.js';
import { strategySearch } from '../../search/other-search.queries.js';
import { suggestedStrategies } from '../tagging/suggestions.queries.js';
import { StrategyPacks } from './strategy-packs.service.js';

interface Entry {
  [name: string]: unknown;
  id: string;
  version: number;
  slug: string;
  name: string;
}

function parsed(text: string): { pack: Record<string, unknown>; strategies: Entry[] } {
  return JSON.parse(text) as { pack: Record<string, unknown>; strategies: Entry[] };
}

describe('open strategy packs', () => {
  let here: TestDatabase;
  let packs: StrategyPacks;

  beforeAll(async () => {
    here = await testDatabase();
    packs = new StrategyPacks(here.database, here.sql, here.clock);
    expect(await loadStarter(here.sql, packs)).toBeGreaterThanOrEqual(44);
  });
  afterAll(() => here.close());

  const count = async (): Promise<number> =>
    (
      (await here.make.rows('select count(*)::int as count from coping_strategies')) as [
        { count: number },
      ]
    )[0].count;

  function changed(change: (first: Entry, all: Entry[]) => void): string {
    const pack = parsed(starterPack());
    change(pack.strategies[0] as Entry, pack.strategies);
    return JSON.stringify(pack);
  }

  it('are imported idempotently', async () => {
    const before = await count();
    const again = await packs.importText(starterPack());
    expect(again.done).toEqual({ added: 0, updated: 0, unchanged: before, older: 0 });
    expect(await loadStarter(here.sql, packs)).toBe(0);
    const twice = await Promise.all([
      packs.importText(starterPack()),
      packs.importText(starterPack()),
    ]);
    expect(twice.map(({ done }) => done?.added)).toEqual([0, 0]);
    expect(await count()).toBe(before);
  });

  it('round-trip through export and import', async () => {
    const out = await packs.exportText();
    expect(parsed(out).strategies).toEqual(parsed(starterPack()).strategies);
    const there = await testDatabase();
    const other = new StrategyPacks(there.database, there.sql, there.clock);
    expect((await other.importText(out)).done?.added).toBe(await count());
    expect(await other.exportText()).toBe(out);
    await there.close();
  });

  it('are exported without members’ strategies', async () => {
    await here.make.strategy({ slug: 'of-a-member', author: 'sav' });
    expect(await packs.exportText()).not.toContain('of-a-member');
  });

  it('are rejected as a whole with every fault listed', async () => {
    const before = await packs.exportText();
    const { done, faults } = await packs.importText(
      changed((first, all) => {
        first.name = 'Other words, same version';
        all.push(
          { ...first, id: 'other:one', slug: 'of-a-member' },
          {
            ...first,
            id: 'other:two',
            slug: 'translated',
            translationOf: { id: 'nobody:here', version: 1 },
          },
        );
      }),
    );
    expect(done).toBeUndefined();
    expect(faults?.map(({ key }) => key.replace('strategies.fault.', ''))).toEqual([
      'same-version',
      'slug-taken',
      'no-original',
    ]);
    expect(await packs.exportText()).toBe(before);
  });

  it('update to a newer version, keep the previous one, and leave withdrawn ones withdrawn', async () => {
    const newer = changed((first) => {
      first.version = 3;
      first.name = 'A newer name';
    });
    const { id } = parsed(newer).strategies[0] as Entry;
    await here.make.rows(
      `
        update coping_strategies
        set status = 'withdrawn', withdrawn_by = 'staff'
        where stable_id = $1
      `,
      [id],
    );
    expect((await packs.importText(newer)).done?.updated).toBe(1);
    const [row] = (await here.make.rows(
      `
        select s.name, s.version, s.status, v.wording ->> 'name' as before
        from coping_strategies s
        join coping_strategy_versions v on v.strategy_id = s.id
        where s.stable_id = $1
      `,
      [id],
    )) as Record<string, unknown>[];
    expect(row).toMatchObject({ name: 'A newer name', version: 3, status: 'withdrawn' });
    expect(row?.before).not.toBe('A newer name');
    expect((await packs.importText(starterPack())).done?.older).toBe(1);
  });

  it('contain translations with the version of their original', async () => {
    const { strategies } = parsed(starterPack());
    const original = strategies[1] as Entry;
    const text = changed((_, all) =>
      all.push({
        ...original,
        id: `${original.id}.es`,
        slug: `${original.slug}-es`,
        language: 'es',
        name: 'Con otro nombre',
        translationOf: { id: original.id, version: 1 },
      }),
    );
    expect((await packs.importText(text)).done?.added).toBe(1);
    expect(
      parsed(await packs.exportText()).strategies.find(({ id }) => id === `${original.id}.es`)
        ?.translationOf,
    ).toEqual({ id: original.id, version: 1 });
    const { faults } = await packs.importText(
      changed((_, all) =>
        all.push({
          ...original,
          id: `${original.id}.fr`,
          slug: `${original.slug}-fr`,
          language: 'fr',
          translationOf: { id: original.id, version: 9 },
        }),
      ),
    );
    expect(faults?.map(({ key }) => key)).toEqual(['strategies.fault.original-version']);
  });
});

describe('translations of the starter pack', () => {
  let here: TestDatabase;
  let packs: StrategyPacks;

  beforeAll(async () => {
    here = await testDatabase();
    packs = new StrategyPacks(here.database, here.sql, here.clock);
    await loadStarter(here.sql, packs);
  });
  afterAll(() => here.close());

  const names = async (language: string): Promise<string[]> => {
    const rows = await here.sql.rows(suggestedStrategies, {
      viewerId: null,
      needs: ['nightmare'],
      text: '',
      language,
    });
    return rows.map(({ name }) => name);
  };

  it('replace the originals for readers of the language', async () => {
    const english = await names('en');
    expect(english).toContain('After a bad dream');
    expect(await names('es')).toEqual(english);
    expect(await loadTranslations(here.sql, packs)).toBeGreaterThanOrEqual(44);
    expect(await names('en')).toEqual(english);
    const spanish = await names('es');
    expect(spanish).toContain('Después de un mal sueño');
    expect(spanish.filter((name) => english.includes(name))).toEqual([]);
    // A language without translations falls back to English.
    expect(await names('de')).toEqual(english);
  });

  it('are found once, in the language of the page', async () => {
    const found = async (query: string, language: string): Promise<string[]> =>
      (
        await here.sql.rows(strategySearch.all, {
          query,
          language,
          viewerId: null,
          offset: 0,
          limit: 20,
        })
      ).map(({ slug }) => slug);
    expect(await found('nightmare OR "bad dream"', 'en')).toContain('after-a-nightmare');
    expect(await found('sueño', 'es')).toContain('despues-de-un-mal-sueno');
    expect(await found('sueño', 'en')).not.toContain('despues-de-un-mal-sueno');
    expect(await found('dream', 'es')).not.toContain('after-a-nightmare');
  });

  it('are imported once, and never without their original', async () => {
    expect(await loadTranslations(here.sql, packs)).toBe(0);
    const empty = await testDatabase();
    const none = new StrategyPacks(empty.database, empty.sql, empty.clock);
    expect(await loadTranslations(empty.sql, none)).toBe(0);
    await empty.close();
  });
});
