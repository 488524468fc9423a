/** Columns between which mail clients wrap plain text (RFC 5322, 2.1.1 recommends 78). */
const NARROWEST = 60;
const WIDEST = 80;
/** Shorter lines were ended by their author. */
const MIN_WRAPPED_LENGTH = 40;
/** The beginning of a separate line: a list, a quotation, an indented line, a separator. */
const OWN_LINE = /^(?:\s|>|[-*+•–—]\s|\d{1,3}[.)]\s|[-_=*~]{2})/;

/**
 * Joins the lines of a paragraph that a mail client wrapped, that is, where the next word would not
 * have fitted. Line breaks by the author stay, and nothing else changes.
 */
export function joinWrapped(text: string): string {
  const lines = text.split('\n');
  const width = lines.reduce(
    (most, line) => (/\s/.test(line) ? Math.max(most, line.length) : most),
    0,
  );
  if (width < NARROWEST || width > WIDEST) return text;
  let joined = '';
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    joined += line;
    if (next === undefined) break;
    joined += isWrapped(line, next, width) ? ' ' : '\n';
  }
  return joined;
}

function isWrapped(line: string, next: string, width: number): boolean {
  if (
    line.length < MIN_WRAPPED_LENGTH ||
    next === '' ||
    OWN_LINE.test(next) ||
    /^(?:>|\s)/.test(line)
  )
    return false;
  const word = /^\S+/.exec(next)?.[0] ?? '';
  return line.length + 1 + word.length > width;
}
