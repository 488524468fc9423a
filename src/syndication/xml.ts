// What XML 1.0 cannot hold, whatever it is written as.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text for an element or an attribute. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}

/** As Atom and sitemaps write a time. */
export function xmlTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
