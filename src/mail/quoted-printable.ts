/** Longest line (RFC 2045, 6.7), and what fits in front of a soft line break. */
const LINE = 76;
const PART = LINE - 1;
const EQUALS = '='.charCodeAt(0);
const HEX = Array.from(
  { length: 256 },
  (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

/**
 * Encodes a text as quoted-printable in UTF-8.
 * @param text with CRLF as line breaks
 */
export function quotedPrintable(text: string): string {
  const encoded = text
    .replaceAll('=', '=3D')
    .replace(/[^\t\r\n\x20-\x7e]+/g, inHex)
    .replace(/[ \t](?=\r\n|$)/g, inHex);
  const lines = encoded.split('\r\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.length > LINE) lines[at] = wrapped(line);
  }
  return lines.join('\r\n');
}

function inHex(text: string): string {
  let hex = '';
  for (const byte of Buffer.from(text)) hex += HEX[byte] ?? '';
  return hex;
}

/** @param line encoded; not broken within a character in hexadecimal */
function wrapped(line: string): string {
  let [result, at] = ['', 0];
  while (line.length - at > LINE) {
    let end = at + PART;
    if (line.charCodeAt(end - 1) === EQUALS) end -= 1;
    else if (line.charCodeAt(end - 2) === EQUALS) end -= 2;
    result += `${line.slice(at, end)}=\r\n`;
    at = end;
  }
  return result + line.slice(at);
}
