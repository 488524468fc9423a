import { escapeXml } from '../content/escape.js';

// Characters that XML 1.0 does not allow, even as references.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text for an element or an attribute of XML. */
export function xmlText(text: string): string {
  return escapeXml(text.toWellFormed().replace(FORBIDDEN, ''));
}

/** A time in RFC 3339, to the second, for Atom and sitemaps. */
export function xmlTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
