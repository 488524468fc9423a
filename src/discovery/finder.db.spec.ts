import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Config } from '../kernel/config.js';
import { Vault } from '../vault/vault.js';
import { loadDemo } from '../seed/demo.js';
import { candidates } from './finder.queries.js';
import { rank, type Match } from './ranking.js';
import { understand } from './query-understanding.js';

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

describe('the guided finder on the demo communities', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    expect(
      await loadDemo(
        db.database,
        new Vault(Object.assign(new Config(), { SECRET_KEY: 's'.repeat(32) }), db.sql, db.clock),
        db.clock.now(),
        'x',
      ),
    ).toBe(true);
  });
  afterAll(() => db.close());

  async function find(
    says: string,
    chosen: {
      difficulty?: string;
      situation?: string;
      need?: 'listen' | 'experiences' | 'advice';
      language?: string;
      open?: string;
    } = {},
  ): Promise<Match[]> {
    const understood = understand(says);
    const difficulties = [
      ...(chosen.difficulty === undefined ? [] : [chosen.difficulty]),
      ...understood.difficulties,
    ];
    const situations = [
      ...(chosen.situation === undefined ? [] : [chosen.situation]),
      ...understood.situations,
    ];
    const rows = await db.sql.rows(candidates, {
      difficulties,
      situations,
      words: understood.words.join(' '),
      language: chosen.language ?? '',
      visibility: chosen.open ?? '',
    });
    return rank(rows, {
      difficulties,
      situations,
      need: chosen.need ?? null,
      words: understood.words,
      hasText: says !== '',
    });
  }
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
    expect(slugs(await find('', { open: 'members' }))).toEqual(
      expect.arrayContaining(['ocd', 'bipolar']),
    );
  });

  it('respects the requested language and visibility', async () => {
    for (const { community } of await find('anxiety and panic and intrusive thoughts', {
      open: 'public',
    }))
      expect(community.visibility).toBe('public');
    expect(await find('anxiety', { language: 'cy' })).toEqual([]);
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
