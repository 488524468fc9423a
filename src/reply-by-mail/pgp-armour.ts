const BEGIN = /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$/;
const SIGNATURE = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/;
const END = /^-----END PGP SIGNATURE-----[ \t]*$/;

/**
 * Removes the armour of clear-signed parts, and restores their escaped dashes (RFC 9580, 7). Text
 * before, between and after them is kept; incomplete armour is not changed.
 */
export function withoutArmour(text: string): string {
  if (!text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) return text;
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const kept: string[] = [];
  // After an incomplete part, no later one is searched for, so that the time stays linear.
  let whole = true;
  for (let at = 0; at < lines.length; at += 1) {
    const body: number | null = whole && BEGIN.test(lines[at] ?? '') ? bodyOf(lines, at + 1) : null;
    const signature = body === null ? 0 : nextLine(lines, SIGNATURE, body);
    const end: number = body === null ? 0 : nextLine(lines, END, signature);
    whole = whole && end < lines.length;
    if (body === null || !whole) {
      kept.push(lines[at] ?? '');
    } else {
      kept.push(...lines.slice(body, signature).map((line) => line.replace(/^- /, '')));
      at = end;
    }
  }
  return kept.join('\n');
}

/**
 * @returns the line after the armour headers (`Hash: SHA256`) and an empty line; null if there is
 *   none
 */
function bodyOf(lines: readonly string[], from: number): number | null {
  let at = from;
  while (/^[A-Za-z]+: /.test(lines[at] ?? '')) at += 1;
  return (lines[at] ?? '').trim() === '' ? at + 1 : null;
}

/** @returns the number of lines if none matches */
function nextLine(lines: readonly string[], pattern: RegExp, from: number): number {
  let at = from;
  while (at < lines.length && !pattern.test(lines[at] ?? '')) at += 1;
  return at;
}
