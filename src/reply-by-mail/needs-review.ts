import { escapeRegExp } from '../content/escape.js';
import { ENDINGS, LABELS, SENT, CLOSING_PHRASES, ATTRIBUTION_PHRASES } from './client-phrases.js';

/** Maximum number of characters of a line that are matched. */
const MAX_LINE_LENGTH = 300;

/** Lines that a program or somebody else may have written, or that precede such lines. */
const MARKS: readonly RegExp[] = [
  // A quotation that is not ours: their own, or somebody else's.
  /^\s{0,20}>/,
  // A separator above a signature or a forwarded email.
  /^\s{0,20}(?:-{2,}|_{2,}|={2,}|\+{2,}|\*{3,}|~{2,}|—{2,})/,
  new RegExp(`^\\W{0,4}(?:${LABELS.join('|')})\\s?[:：]`, 'iu'),
  new RegExp(`^\\W{0,4}(?:${SENT.join('|')})(?!\\p{L})`, 'iu'),
  /\bgesendet\s?$/i,
  /^\s{0,20}-{3,}BEGIN PGP/,
];
/** The line above a quotation; matched only at the end of a line with a colon. */
const ATTRIBUTION = new RegExp(
  `(?:${ATTRIBUTION_PHRASES.join('|')})[^:：]{0,80}[:：]\\s{0,5}$`,
  'iu',
);
const COLON = /[:：]\s{0,5}$/;
/** Ends an email: a name or more follows. */
const CLOSINGS = new RegExp(`^\\W{0,3}(?:${ENDINGS.join('|')})\\W{0,4}$`, 'iu');
/** Can also begin an email: only a short last line after it is a name. */
const THANKS = new RegExp(`^\\W{0,3}(?:${CLOSING_PHRASES.join('|')})\\W{0,4}$`, 'iu');
const SHORT = /^\W{0,3}\p{Lu}[\p{L}\p{M}'’.-]{0,30}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,30}){0,3}\W{0,3}$/u;

/**
 * Whether a moderator should read the text before publication: it may contain a signature, a
 * quotation, a header or its author's name.
 * @param name display name of the email's From
 */
export function needsReview(text: string, name: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_LENGTH))
    .filter((line) => line.trim() !== '');
  if (lines.some((line) => MARKS.some((mark) => mark.test(line)))) return true;
  if (lines.some((line) => COLON.test(line) && ATTRIBUTION.test(line))) return true;
  if (lines.some((line, at) => at < lines.length - 1 && CLOSINGS.test(line))) return true;
  const last = lines.at(-1) ?? '';
  if (
    lines.length > 1 &&
    SHORT.test(last) &&
    (THANKS.test(lines.at(-2) ?? '') || /^\W*\p{Lu}[\p{L}'’-]+ \p{Lu}/u.test(last))
  )
    return true;
  return holdsName(text, name);
}

// Only capitalised: "will" and "hope" are also ordinary words.
function holdsName(text: string, name: string): boolean {
  const parts = wordsOf(name)
    .filter((part) => part.length > 2)
    .slice(0, 8);
  if (parts.length === 0) return false;
  const known = parts.flatMap((part) => [
    capital(part.toLowerCase()),
    capital(part),
    part.toUpperCase(),
  ]);
  const named = new RegExp(
    `(?<![\\p{L}\\p{M}'’-])(?:${known.map(escapeRegExp).join('|')})(?:['’]s)?(?![\\p{L}\\p{M}'’-])`,
    'u',
  );
  if (named.test(text.normalize('NFC'))) return true;
  // A signature is often in lower case.
  const small = new Set(parts.map((part) => part.toLowerCase()));
  const last = wordsOf(text.trim().split('\n').at(-1) ?? '');
  return last.slice(-2).some((word) => small.has(word.toLowerCase()));
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}'’-]+/u)
    .filter((word) => word !== '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
