const NOT_ASCII = /[^\0-\x7f]/;

/**
 * The UTF-8 bytes of a text, as a string with one character for each byte. Of a text in ASCII that
 * is the text itself.
 */
export function utf8InLatin1(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/**
 * HTML that is ready to be sent: its UTF-8 bytes, as a string with one character for each. A page is
 * joined from hundreds of pieces; a single dash among them would otherwise make V8 store all of it
 * with two bytes for each character, and measuring and encoding that takes longer than rendering.
 */
export class PageHtml {
  constructor(readonly bytes: string) {}

  static of(html: string): PageHtml {
    return new PageHtml(utf8InLatin1(html));
  }

  /** Number of bytes. */
  get length(): number {
    return this.bytes.length;
  }

  toBuffer(): Buffer {
    return Buffer.from(this.bytes, 'latin1');
  }

  toString(): string {
    return this.toBuffer().toString('utf8');
  }
}
