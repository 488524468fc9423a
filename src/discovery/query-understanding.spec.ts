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
    ['please add me', [], []],
    ['17 18 19', [], []],
    ["I'm 17", [], ['young']],
    ['got add, always late', ['adhd'], []],
    ['my sisters depressed', [], ['caring']],
    ['no puedo dormir', ['sleep'], []],
    ['se murió mi abuela', ['grief'], ['bereaved']],
    ['tristes y ansiosas', ['low-mood', 'anxiety'], []],
    ['worries, and grieves', ['anxiety', 'grief'], []],
    ['leave me alone, part of the time', [], []],
  ])('%s', (says, difficulties, situations) => {
    expect(understand(says)).toMatchObject({ difficulties, situations });
  });

  it('does not take somebody who speaks of their parents for one', () => {
    expect(understand('came out to my parents last week').situations).toEqual(['lgbtq']);
    expect(understand('salí del armario con mis padres').situations).toEqual(['lgbtq']);
    expect(understand('my parents are getting old').situations).toContain('caring');
    expect(understand('new parents with a baby').situations).toContain('new-parent');
  });

  it('ignores accents, apostrophes and punctuation', () => {
    expect(wordsIn("Can’t  PANÍC—it's 3 a.m.?")).toEqual(['cant', 'panic', 'its', '3', 'a', 'm']);
  });
});

describe('the vocabulary', () => {
  const files = ['en', 'es'].map(
    (language) =>
      JSON.parse(readFileSync(`src/discovery/vocabulary/${language}.json`, 'utf8')) as {
        difficulties: Record<string, string[]>;
        situations: Record<string, string[]>;
      },
  );

  it('has phrases for every tag in every language, and no unknown tags', () => {
    for (const { difficulties, situations } of files) {
      expect(Object.keys(difficulties).sort()).toEqual([...DIFFICULTIES].sort());
      expect(Object.keys(situations).sort()).toEqual([...SITUATIONS].sort());
      for (const ways of [...Object.values(difficulties), ...Object.values(situations)])
        expect(ways.length).toBeGreaterThan(1);
    }
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
