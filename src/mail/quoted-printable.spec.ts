import { describe, expect, it } from '@jest/globals';
import { quotedPrintable } from './quoted-printable.js';

/** Decodes as RFC 2045 describes it. */
function decoded(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const SAMPLES = [
  '',
  'Words.\r\n',
  'a = b\r\n=3D=\r\n',
  'space \r\ntab\t\r\n \r\nend ',
  'Grüße – 言葉 😀\r\n',
  `${'x'.repeat(76)}\r\n${'x'.repeat(77)}`,
  `${'word '.repeat(100)}\r\n.\r\n..`,
  '\u0000\u0001\u007f\u0080',
];

describe('a quoted-printable text', () => {
  it.each(SAMPLES)('is what it was when it is decoded: %j', (text) => {
    expect(decoded(quotedPrintable(text))).toBe(text);
  });

  it('has lines of at most 76 printable characters, and none that ends in white space', () => {
    for (const sample of SAMPLES)
      // Every position of an encoded character in a line.
      for (let at = 0; at < 80; at += 1) {
        const text = `${'x'.repeat(at)}${sample.repeat(3)}=é`;
        const encoded = quotedPrintable(text);
        expect(decoded(encoded)).toBe(text);
        for (const line of encoded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^(?:[\t\x20-\x3c\x3e-\x7e]|=[0-9A-F]{2})*=?$/);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }
  });
});
