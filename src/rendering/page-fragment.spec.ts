import { describe, expect, it } from '@jest/globals';
import { BODY_MARK, PageFragment, TOKEN_MARK } from './page-fragment.js';
import { PageHtml } from './page-html.js';

describe('PageFragment', () => {
  const fragment = (html: string): PageFragment => new PageFragment(PageHtml.of(html));

  it('fills every slot, in any order', () => {
    const filled = fragment(`a${TOKEN_MARK}b’${BODY_MARK}c${TOKEN_MARK}${BODY_MARK}`);
    expect(String(filled.fill('<p>“$1” $&</p>', () => 'T'))).toBe(
      'aTb’<p>“$1” $&</p>cT<p>“$1” $&</p>',
    );
    expect(String(fragment('plain').fill('x', () => 'T'))).toBe('plain');
  });

  it('reports its size in bytes', () => {
    expect(fragment('plain').bytes).toBe(5);
    expect(fragment('plain’').bytes).toBe(8);
  });
});
