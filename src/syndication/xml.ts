import { escapeXml } from '../content/escape.js';

// Characters that XML 1.0 forbids, even as references.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Escapes a text for an XML element or attribute. */
export function xmlText(text: string): string {
  return escapeXml(text.toWellFormed().replace(FORBIDDEN, ''));
}

/** Formats a time as RFC 3339 with seconds, for Atom and sitemaps. */
export function xmlTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
