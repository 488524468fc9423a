import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { fieldOf } from '../library/library-filter.js';
import { ENERGIES, ORIGINS, SITUATIONS, TAG_LISTS, type TagList } from './vocabulary.js';

describe('the controlled vocabulary', () => {
  const messages = new Messages();
  const lists = Object.entries(TAG_LISTS) as [TagList, readonly string[]][];

  it('has no tag in two lists, as they share one column', () => {
    const all = lists.flatMap(([, words]) => words);
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has a label for each tag', () => {
    for (const [list, words] of lists)
      for (const word of words)
        expect(messages.has(`strategies.${fieldOf(list)}.${word}`)).toBe(true);
    for (const word of ENERGIES) expect(messages.has(`strategies.energy.${word}.short`)).toBe(true);
    for (const word of ORIGINS) expect(messages.has(`strategies.origin.${word}.label`)).toBe(true);
    for (const word of SITUATIONS) expect(messages.has(`strategies.situation.${word}`)).toBe(true);
  });
});
