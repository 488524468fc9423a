import { describe, expect, it } from '@jest/globals';
import { snippetParts } from './snippet.js';

describe('a headline', () => {
  it('falls apart into what was found and what stands around it', () => {
    expect(snippetParts('We saw \uE000boats\uE001 and a \uE000boat\uE001.')).toEqual([
      { text: 'We saw ', found: false },
      { text: 'boats', found: true },
      { text: ' and a ', found: false },
      { text: 'boat', found: true },
      { text: '.', found: false },
    ]);
  });

  it('loses the signs of Markdown and keeps every other letter, HTML among them', () => {
    expect(
      snippetParts('> **Bold** _words_ in [a link](https://example.org) <b>&amp;</b>\n# Title'),
    ).toEqual([{ text: 'Bold words in a link <b>&amp;</b> Title', found: false }]);
  });

  it('shows "<" again, which PostgreSQL is not shown', () => {
    expect(snippetParts('I feel \uE002very low> \uE000today\uE001')).toEqual([
      { text: 'I feel <very low> ', found: false },
      { text: 'today', found: true },
    ]);
  });

  it('bears signs that stand alone', () => {
    expect(snippetParts('one\uE001 two')).toEqual([{ text: 'one\uE001 two', found: false }]);
    expect(snippetParts('\uE000one')).toEqual([{ text: 'one', found: false }]);
    expect(snippetParts('')).toEqual([]);
  });
});
