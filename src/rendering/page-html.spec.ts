import { describe, expect, it } from '@jest/globals';
import { PageHtml, utf8InLatin1 } from './page-html.js';

const TEXTS = ['', 'plain', 'café – “naïve” ✓ 🙂', '\u0080\u00ff', 'مرحبا', 'half \ud83d'];

describe('PageHtml', () => {
  it.each(TEXTS)('holds the UTF-8 bytes of %j', (text) => {
    const html = PageHtml.of(text);
    expect(html.toBuffer()).toEqual(Buffer.from(text));
    expect(html.length).toBe(Buffer.byteLength(text));
    expect(html.toString()).toBe(Buffer.from(text).toString());
  });

  it('joins pieces as their texts would be joined', () => {
    expect(new PageHtml(TEXTS.map(utf8InLatin1).join('|')).toBuffer()).toEqual(
      Buffer.from(TEXTS.join('|')),
    );
  });
});
