import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { CommunityDirectory, type DirectoryFilter } from './community-directory.service.js';
import { directoryView } from './directory.view.js';

const NONE: DirectoryFilter = {
  text: '',
  difficulty: '',
  situation: '',
  format: '',
  language: '',
  visibility: '',
};

describe('the directory of communities', () => {
  let db: TestDatabase;
  let directory: CommunityDirectory;

  beforeAll(async () => {
    db = await testDatabase();
    directory = new CommunityDirectory(db.sql, db.clock);
    const made: [string, object][] = [
      ['anxious-parents', { d: ['anxiety'], s: ['parent'], f: ['ideas', 'listening'], l: 'en' }],
      ['anxious-nights', { d: ['anxiety', 'sleep'], s: [], f: ['listening'], l: 'es' }],
      ['grief', { d: ['grief'], s: ['bereaved'], f: ['check-ins'], l: 'en' }],
    ];
    for (const [slug, { d, s, f, l }] of made as [string, Record<string, unknown>][]) {
      await db.make.community({ slug });
      await db.make.rows(
        `update communities
         set difficulties = $2, situations = $3, formats = $4, language = $5
         where slug = $1`,
        [slug, d, s, f, l],
      );
    }
    await db.make.community({ slug: 'gone', archived: true });
    await db.make.community({ slug: 'quiet', visibility: 'unlisted' });
    await db.make.rows(
      `update communities set difficulties = '{adhd}' where slug in ('gone', 'quiet')`,
    );
  });
  afterAll(() => db.close());

  const listed = async (filter: Partial<DirectoryFilter>): Promise<string[]> =>
    (await directory.list(null, { ...NONE, ...filter })).map(({ slug }) => slug);

  it('is filtered by situation and difficulty together', async () => {
    expect(await listed({ format: 'listening' })).toEqual(['anxious-nights', 'anxious-parents']);
    expect(await listed({ format: 'ideas', difficulty: 'anxiety' })).toEqual(['anxious-parents']);
    expect(await listed({ format: 'ideas', difficulty: 'grief' })).toEqual([]);
  });

  it('counts what each choice lists with the other filters, but not with itself', async () => {
    const facets = await directory.facets({ ...NONE, difficulty: 'anxiety', language: 'en' });
    expect(Object.fromEntries(facets.difficulty)).toEqual({ anxiety: 1, grief: 1 });
    expect(Object.fromEntries(facets.format)).toEqual({ ideas: 1, listening: 1 });
    expect(Object.fromEntries(facets.language)).toEqual({ en: 1, es: 1 });
    expect(Object.fromEntries(facets.visibility)).toEqual({ public: 1 });
  });

  it('lists as many as each choice says, and disables choices that list none', async () => {
    const filter = { ...NONE, text: 'anxious' };
    const i18n = new Translator(new Messages(), 'en', db.clock.now());
    const facets = await directory.facets(filter);
    const view = directoryView([], filter, ['en', 'es'], facets, i18n);
    const kinds = {
      difficulty: view.difficulties,
      situation: view.situations,
      format: view.formats,
      language: view.languages ?? [],
      visibility: view.opens,
    };
    let chosen = 0;
    for (const [kind, options] of Object.entries(kinds)) {
      for (const { value, label, disabled } of options.filter((each) => each.value !== '')) {
        const found = await listed({ ...filter, [kind]: value });
        expect([label, disabled ?? false]).toEqual([
          expect.stringContaining(`(${found.length})`),
          found.length === 0,
        ]);
        chosen += found.length;
      }
    }
    expect(chosen).toBeGreaterThan(6);
  });

  it('keeps a selected choice that lists none, so that it can be removed', async () => {
    const filter = { ...NONE, text: 'anxious', difficulty: 'grief' };
    const i18n = new Translator(new Messages(), 'en', db.clock.now());
    const view = directoryView([], filter, ['en'], await directory.facets(filter), i18n);
    const grief = view.difficulties.find(({ value }) => value === 'grief');
    expect(grief).toEqual({ value: 'grief', label: 'Grief and loss (0)', selected: true });
    expect(view.filtered).toBe(true);
  });
});
