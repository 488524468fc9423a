import { describe, expect, it } from '@jest/globals';
import { snippetParts } from './snippet.js';

describe('snippetParts', () => {
  it('splits a headline into matches and the text around them', () => {
    expect(snippetParts('We saw \uE000boats\uE001 and a \uE000boat\uE001.')).toEqual([
      { text: 'We saw ', found: false },
      { text: 'boats', found: true },
      { text: ' and a ', found: false },
      { text: 'boat', found: true },
      { text: '.', found: false },
    ]);
  });

  it('removes Markdown markup and keeps everything else, including HTML', () => {
    expect(
      snippetParts('> **Bold** _words_ in [a link](https://example.org) <b>&amp;</b>\n# Title'),
    ).toEqual([{ text: 'Bold words in a link <b>&amp;</b> Title', found: false }]);
  });

  it('restores "<", which is hidden from PostgreSQL', () => {
    expect(snippetParts('I feel \uE002very low> \uE000today\uE001')).toEqual([
      { text: 'I feel <very low> ', found: false },
      { text: 'today', found: true },
    ]);
  });

  it('tolerates unbalanced markers', () => {
    expect(snippetParts('one\uE001 two')).toEqual([{ text: 'one\uE001 two', found: false }]);
    expect(snippetParts('\uE000one')).toEqual([{ text: 'one', found: false }]);
    expect(snippetParts('')).toEqual([]);
  });
});
