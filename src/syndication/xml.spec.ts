import { describe, expect, it } from '@jest/globals';
import { xmlText, xmlTime } from './xml.js';

describe('a text in XML', () => {
  it('is escaped without losing characters', () => {
    expect(xmlText(`<a href="x">Tom & 'Ann'</a> ]]> 😀 שלום`)).toBe(
      '&lt;a href=&quot;x&quot;&gt;Tom &amp; &apos;Ann&apos;&lt;/a&gt; ]]&gt; 😀 שלום',
    );
  });

  it('drops characters that XML forbids', () => {
    expect(xmlText('a\u0000b\u000Bc\uFFFEd\uD800e\tf\n')).toBe('abcd\uFFFDe\tf\n');
  });

  it('formats times with seconds', () => {
    expect(xmlTime(new Date('2026-03-01T10:20:30.456Z'))).toBe('2026-03-01T10:20:30Z');
  });
});
