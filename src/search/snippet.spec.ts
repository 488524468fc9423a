import { describe, expect, it } from '@jest/globals';
import { parts } from './snippet.js';

describe('a headline', () => {
  it('falls apart into what was found and what stands around it', () => {
    expect(parts('We saw \uE000boats\uE001 and a \uE000boat\uE001.')).toEqual([
      { text: 'We saw ', found: false },
      { text: 'boats', found: true },
      { text: ' and a ', found: false },
      { text: 'boat', found: true },
      { text: '.', found: false },
    ]);
  });

  it('loses the signs of Markdown and keeps every other letter, HTML among them', () => {
    expect(
      parts('> **Bold** _words_ in [a link](https://example.org) <b>&amp;</b>\n# Title'),
    ).toEqual([{ text: 'Bold words in a link <b>&amp;</b> Title', found: false }]);
  });

  it('shows "<" again, which PostgreSQL is not shown', () => {
    expect(parts('I feel \uE002very low> \uE000today\uE001')).toEqual([
      { text: 'I feel <very low> ', found: false },
      { text: 'today', found: true },
    ]);
  });

  it('bears signs that stand alone', () => {
    expect(parts('one\uE001 two')).toEqual([{ text: 'one\uE001 two', found: false }]);
    expect(parts('\uE000one')).toEqual([{ text: 'one', found: false }]);
    expect(parts('')).toEqual([]);
  });
});
