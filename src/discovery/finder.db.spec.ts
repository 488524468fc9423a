import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sharedCaches } from '../../test/support/shared-caches.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { Config } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import { Resources } from '../resources/resources.service.js';
import { Screening } from '../triage/screening.js';
import { Vault } from '../vault/vault.js';
import { loadDemo } from '../seed/demo.js';
import { Finder, type FinderQuery, type FinderResult } from './finder.service.js';
import { FittingStrategies, strategyTags } from './fitting-strategies.service.js';
import { SimilarSearch } from '../search/similar.service.js';
import { ThreadSearch } from '../search/thread-search.js';
import { NearestGroups } from './nearest-groups.service.js';
import { WrittenAbout } from './written-about.service.js';
import type { Match } from './ranking.js';

/** Queries, and the community that should rank first. */
const QUERIES: [says: string, first: string][] = [
  ["can't sleep since the baby", 'new-parents'],
  ['I feel numb and flat, no energy to do anything', 'low-mood'],
  ['panic attacks on the bus', 'anxiety'],
  ['my mum died in spring', 'grief'],
  ['I keep checking the door and my hands are raw from washing', 'ocd'],
  ['flashbacks after the accident', 'ptsd-and-trauma'],
  ['lose my keys, late for everything, can’t focus', 'adhd'],
  ['mood swings, then I crash. hypomanic last month', 'bipolar'],
  ['lying awake at 3 every night', 'sleep'],
  ['postpartum and crying all day', 'new-parents'],
  ['new dad, scared I am doing it wrong', 'new-parents'],
  ['anxious about exams at uni', 'anxiety'],
  ['deppression', 'low-mood'],
  ['anxeity at work', 'anxiety'],
  ['insomina', 'sleep'],
  ['INTRUSIVE THOUGHTS', 'ocd'],
  ['nightmares', 'sleep'],
  ['widowed and the house is so quiet', 'grief'],
  ['I lost my job and feel worthless', 'low-mood'],
  ['bereavement', 'grief'],
];

/** Sixty realistic sentences, each with the group that should rank first. */
const SENTENCES = JSON.parse(readFileSync('test/fixtures/finder-sentences.json', 'utf8')) as [
  says: string,
  first: string,
][];

/** What people type at night, each with the groups that may come first; none if it is about none. */
const NIGHT = JSON.parse(readFileSync('test/fixtures/finder-night-sentences.json', 'utf8')) as [
  says: string,
  fitting: string[],
][];

describe('the guided finder on the demo communities', () => {
  let db: TestDatabase;
  let finder: Finder;

  beforeAll(async () => {
    db = await testDatabase();
    const config = Object.assign(new Config(), { SECRET_KEY: 's'.repeat(32) });
    const vault = new Vault(config, db.sql, db.clock);
    expect(await loadDemo(db.database, vault, db.clock.now(), 'x')).toBe(true);
    const resources = new Resources(db.database, db.sql, db.clock);
    expect(await resources.load()).toBeGreaterThan(10);
    const threads = new ThreadSearch(db.sql, db.clock, sharedCaches(db, 0));
    finder = new Finder(
      db.sql,
      new Screening(config, db.sql, db.clock, new Logger('silent', true)),
      new NearestGroups(db.sql),
      new WrittenAbout(db.sql, new SimilarSearch(db.sql, threads)),
      new FittingStrategies(db.sql),
      resources,
    );
  });
  afterAll(() => db.close());

  async function ask(
    says: string,
    chosen: Partial<FinderQuery> = {},
    locale = 'en',
  ): Promise<FinderResult> {
    const query = { difficulty: '', situation: '', need: null, language: '', visibility: '' };
    const reader = { viewer: null, country: 'GB', locale };
    return finder.find({ text: says, ...query, ...chosen }, reader);
  }
  const find = async (says: string, chosen: Partial<FinderQuery> = {}): Promise<Match[]> =>
    (await ask(says, chosen)).matches;
  const slugs = (matches: Match[]): string[] => matches.map(({ community }) => community.slug);

  it.each(QUERIES)('%s → %s', async (says, first) => {
    const matches = await find(says);
    expect(slugs(matches)[0]).toBe(first);
    for (const { reasons } of matches) expect(reasons.length).toBeGreaterThan(0);
  });

  it('sends people first to the group that they mean', async () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(60);
    const elsewhere: string[] = [];
    for (const [says, first] of SENTENCES) {
      const found = slugs(await find(says));
      if (found[0] !== first) elsewhere.push(`${says} → ${found.slice(0, 3).join(', ')}: ${first}`);
    }
    expect(elsewhere).toEqual([]);
  });

  it('has something fitting for almost everything that people type at night', async () => {
    expect(NIGHT.length).toBeGreaterThan(100);
    const elsewhere: string[] = [];
    for (const [says, fitting] of NIGHT) {
      const { matches, written, nearest, open } = await ask(says);
      const [first] = slugs([...matches, ...written, ...nearest]);
      const fits = first === undefined ? fitting.length === 0 : fitting.includes(first);
      if (!fits) elsewhere.push(`${says} → ${first ?? slugs(open).join()}: ${fitting.join()}`);
    }
    // Those few ask for more than words: who is meant, or what is left unsaid.
    expect(elsewhere.slice(4)).toEqual([]);
  });

  it('gives tags of the community as reasons', async () => {
    const [first] = await find("can't sleep since the baby");
    expect(first?.reasons).toEqual(
      expect.arrayContaining([
        { kind: 'difficulty', what: 'sleep' },
        { kind: 'situation', what: 'new-parent' },
      ]),
    );
  });

  it('accepts answers, free text, and both', async () => {
    expect(slugs(await find('', { difficulty: 'grief' }))[0]).toBe('grief');
    expect(slugs(await find('', { difficulty: 'sleep', situation: 'new-parent' }))[0]).toBe(
      'new-parents',
    );
    expect(slugs(await find('', { need: 'advice' })).length).toBeGreaterThan(1);
    expect(slugs(await find('', { visibility: 'members' }))).toEqual(
      expect.arrayContaining(['ocd', 'bipolar']),
    );
  });

  it('respects the requested language and visibility', async () => {
    for (const { community } of await find('anxiety and panic and intrusive thoughts', {
      visibility: 'public',
    }))
      expect(community.visibility).toBe('public');
    expect(await find('anxiety', { language: 'cy' })).toEqual([]);
  });

  it('says what is closest if no community is about it', async () => {
    for (const [says, first] of [
      ['drinking a bottle of wine every night', 'low-mood'],
      ['I hear voices', 'bipolar'],
      ['my boss is a bully and my job is killing me', 'anxiety'],
    ] as const) {
      const { matches, nearest, open, elsewhere } = await ask(says);
      expect([says, slugs(matches), slugs(nearest)[0], slugs(open)]).toEqual([says, [], first, []]);
      expect(elsewhere.length).toBeGreaterThan(0);
    }
  });

  it('knows from what people wrote what no tag says', async () => {
    const { matches, written, open } = await ask('scarf that smells of her');
    expect([slugs(matches), slugs(written), open]).toEqual([[], ['grief'], []]);
    expect(written[0]?.reasons[0]?.what).toContain('off the scarf');
    for (const says of ['what time is it', 'best pizza in leeds', 'feel so bad and want to go'])
      expect([says, slugs((await ask(says)).written)]).toEqual([says, []]);
  });

  it('never calls a community close that only chance suggests', async () => {
    const { nearest, open } = await ask('how do I change my address, please add it');
    expect(slugs(nearest)).toEqual([]);
    expect(open.length).toBeGreaterThan(0);
    for (const { community, reasons } of open) {
      expect(community.visibility).toBe('public');
      expect(reasons).toEqual([{ kind: 'open', what: '' }]);
    }
  });

  it('suggests no group for another walk of life', async () => {
    const { matches, nearest } = await ask('burnt out, I cannot cope any more');
    for (const slug of ['carers', 'new-parents'])
      expect([...slugs(matches), ...slugs(nearest)]).not.toContain(slug);
  });

  it('suggests help elsewhere for the same walk of life', async () => {
    const elsewhere = async (query: Partial<FinderQuery>): Promise<string[]> =>
      (await ask('', { language: 'cy', ...query })).elsewhere.map(({ slug }) => slug);
    expect((await elsewhere({ situation: 'service' }))[0]).toBe('combat-stress');
    expect(await elsewhere({ difficulty: 'low-mood' })).not.toContain('pandas');
    expect((await elsewhere({ difficulty: 'low-mood', situation: 'new-parent' }))[0]).toBe(
      'pandas',
    );
  });

  it('suggests strategies for what is named, and none to someone in danger', async () => {
    const needs = ['worry'];
    await db.make.strategy({ slug: 'slow-breath', needs, challenges: ['anxiety'] });
    await db.make.strategy({ slug: 'rock-the-pram', needs, challenges: ['new-parents'] });
    const strategies = async (says: string): Promise<string[]> =>
      (await ask(says)).strategies.map(({ slug }) => slug);
    expect(await strategies('I worry about everything')).toEqual(['slow-breath']);
    expect(await strategies('sad')).toEqual([]);
    const danger = await ask('I worry about everything and I want to die');
    expect([danger.help?.danger, danger.strategies]).toEqual([true, []]);
    for (const tag of [...DIFFICULTIES, ...SITUATIONS])
      expect([tag, strategyTags({ difficulties: [tag], situations: [] }).length > 0]).toEqual([
        tag,
        true,
      ]);
  });

  it('suggests communities in the language of the page first', async () => {
    const spanish = await db.make.community({ slug: 'animo', visibility: 'public' });
    await db.make.rows(
      `update communities set language = 'es', difficulties = '{anxiety,panic}' where slug = '${spanish}'`,
    );
    expect(slugs((await ask('mucha ansiedad', {}, 'es')).matches)[0]).toBe('animo');
    expect(slugs((await ask('so much anxiety', {}, 'en')).matches)[0]).toBe('anxiety');
    await db.make.rows(`delete from communities where slug = '${spanish}'`);
  });

  it('returns an empty list if nothing matches', async () => {
    for (const says of [
      'stamp collecting',
      'xylophone zzzz',
      '🙂',
      '؟',
      "'); drop table communities;--",
      '& | ! <-> :*',
      'ש',
    ])
      expect({ says, found: slugs(await find(says)) }).toEqual({ says, found: [] });
  });

  it('handles ten thousand characters', async () => {
    expect(slugs(await find(`panic ${'very '.repeat(2_000)}`))[0]).toBe('anxiety');
  });

  it('never suggests unlisted or closed communities', async () => {
    expect(slugs(await find('grief'))).toContain('grief');
    await db.make.rows(`update communities set visibility = 'unlisted' where slug = 'grief'`);
    expect(slugs(await find('grief'))).not.toContain('grief');
    await db.make.rows(
      `update communities set visibility = 'public', archived_at = now() where slug = 'grief'`,
    );
    expect(slugs(await find('grief'))).not.toContain('grief');
  });
});
