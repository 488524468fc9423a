import { describe, expect, it } from '@jest/globals';
import { escapeRegExp, escapeXml } from './escape.js';

describe('escaping', () => {
  it('escapes all markup in text for XML', () => {
    expect(escapeXml(`<a href="x" title='y'>&amp;`)).toBe(
      '&lt;a href=&quot;x&quot; title=&apos;y&apos;&gt;&amp;amp;',
    );
  });

  it('makes a pattern match only its own literal text', () => {
    const text = '.*+?^${}()|[]\\';
    expect(new RegExp(`^${escapeRegExp(text)}$`).test(text)).toBe(true);
    expect(new RegExp(`^${escapeRegExp('a.c')}$`).test('abc')).toBe(false);
  });
});
