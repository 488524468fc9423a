import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PackEntry } from './pack.dto.js';
import { TAG_LISTS } from '../core/vocabulary.js';

describe('docs/strategy-pack.md', () => {
  // Joins wrapped lines.
  const text = readFileSync('docs/strategy-pack.md', 'utf8').replace(/\s+/g, ' ');

  it('names every field and every word of the lists', () => {
    for (const field of Object.keys(new PackEntry())) expect(text).toContain(`\`${field}\``);
    for (const [list, words] of Object.entries(TAG_LISTS))
      expect(text).toContain(`- \`${list}\`: ${words.join(', ')}`);
  });
});
