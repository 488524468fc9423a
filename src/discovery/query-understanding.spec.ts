import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DIFFICULTIES, FORMATS, SITUATIONS } from '../communities/community-tags.js';
import { demoCommunities } from '../seed/demo-files.js';
import { understand } from './query-understanding.js';
import { wordsIn } from './vocabulary.js';

describe('understanding free text', () => {
  it.each([
    ['I can’t sleep', ['sleep'], []],
    ["can't sleep since the baby", ['sleep'], ['new-parent']],
    ['Postpartum anxiety', ['anxiety'], ['new-parent']],
    ['sorry to bother you', [], []],
    ['insomina, agian', ['sleep'], []],
    ['traumatized', ['trauma'], []],
    ['traumatised', ['trauma'], []],
    ['new mom', [], ['new-parent']],
    ['', [], []],
  ])('%s', (says, difficulties, situations) => {
    expect(understand(says)).toMatchObject({ difficulties, situations });
  });

  it('ignores accents, apostrophes and punctuation', () => {
    expect(wordsIn("Can’t  PANÍC—it's 3 a.m.?")).toEqual(['cant', 'panic', 'its', '3', 'a', 'm']);
  });
});

describe('the vocabulary', () => {
  const file = JSON.parse(readFileSync('src/discovery/vocabulary.json', 'utf8')) as {
    difficulties: Record<string, string[]>;
    situations: Record<string, string[]>;
    formats: string[];
  };

  it('has phrases for every tag, and no unknown tags', () => {
    expect(Object.keys(file.difficulties).sort()).toEqual([...DIFFICULTIES].sort());
    expect(Object.keys(file.situations).sort()).toEqual([...SITUATIONS].sort());
    expect([...file.formats].sort()).toEqual([...FORMATS].sort());
    for (const ways of [...Object.values(file.difficulties), ...Object.values(file.situations)])
      expect(ways.length).toBeGreaterThan(2);
  });

  it('tags every demo community', () => {
    for (const { difficulties, situations, formats } of demoCommunities()) {
      expect(difficulties.length).toBeGreaterThan(0);
      for (const tag of difficulties) expect(DIFFICULTIES).toContain(tag);
      for (const tag of situations) expect(SITUATIONS).toContain(tag);
      for (const tag of formats) expect(FORMATS).toContain(tag);
    }
  });
});
