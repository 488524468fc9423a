import unhomoglyph from 'unhomoglyph';

/** One normalised character: '' for an invisible one, ' ' for white space, otherwise lower case. */
export interface NormalizedCharacter {
  /** After NFKC and lower-casing only. */
  readonly plain: string;
  /** With look-alike letters of other alphabets replaced by the Latin letter they imitate. */
  readonly latin: string;
  readonly kind: 'letter' | 'digit' | 'space' | 'mark' | 'emoji' | 'nothing';
}

const QUOTES: Record<string, string> = {
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '—',
  '―': '—',
  '…': '.',
  '。': '.',
  '！': '!',
  '？': '?',
};
const cache = new Map<number, NormalizedCharacter>();

function kindOf(char: string): NormalizedCharacter['kind'] {
  if (/^\s$/u.test(char)) return 'space';
  if (/^[\p{M}\p{Cf}\p{Cc}\u{fe00}-\u{fe0f}]$/u.test(char)) return 'nothing';
  if (/^\p{L}/u.test(char)) return 'letter';
  if (/^\p{N}/u.test(char)) return 'digit';
  return /^\p{Extended_Pictographic}$/u.test(char) ? 'emoji' : 'mark';
}

function make(char: string): NormalizedCharacter {
  const quote = QUOTES[char];
  if (quote !== undefined) return { plain: quote, latin: quote, kind: 'mark' };
  const plain = char.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase() || char;
  const kind = kindOf(char);
  // Plain Latin is left unchanged: the package would turn "m" into "rn".
  const looks =
    /^[\0-\x7f]*$/.test(plain) || kind !== 'letter' ? plain : unhomoglyph(plain).toLowerCase();
  const ascii = /^[a-z]$/.test(plain);
  return { plain, latin: looks, kind: ascii ? 'letter' : kind };
}

const ASCII: readonly NormalizedCharacter[] = Array.from({ length: 128 }, (_, code) =>
  make(String.fromCharCode(code)),
);

/** Normalises one code point. Results are cached. */
export function normalizeCharacter(code: number): NormalizedCharacter {
  const ascii = ASCII[code];
  if (ascii !== undefined) return ascii;
  let cached = cache.get(code);
  if (cached === undefined) {
    cached = make(String.fromCodePoint(code));
    cache.set(code, cached);
  }
  return cached;
}

/** A word as the spelling correction reads it. */
export interface NormalizedWord {
  /** Empty if the word consists of signs only. */
  readonly text: string;
  /** The number of letters, and of those outside the Latin alphabet. */
  readonly letters: number;
  readonly foreign: number;
}

/** Normalises one word, with the signs in it that may stand for letters. */
export function normalizeWord(written: string): NormalizedWord {
  let [text, plain, letters, foreign] = ['', '', 0, 0];
  for (const char of written) {
    const each = normalizeCharacter(char.codePointAt(0) ?? 32);
    if (each.kind === 'nothing') continue;
    if (each.kind === 'letter') {
      letters += 1;
      if (!/^[a-z]/.test(each.plain)) foreign += 1;
    }
    text += each.latin;
    plain += each.plain;
  }
  // Without a Latin letter of its own, a word is only read as Latin if it looks so as a whole.
  if (/^[^a-z]+$/.test(plain) && !/^[a-z]{3,}$/.test(text)) text = plain;
  return { text: withoutOuterSigns(text), letters, foreign };
}

/** Up to three asterisks at the end may stand for letters; other signs at the edges do not. */
function withoutOuterSigns(word: string): string {
  // The lookbehind anchors the match at the start of a run; otherwise every character of it would
  // be tried as a start, in quadratic time.
  return word
    .replace(/^[^\p{L}\p{N}@$]+/u, '')
    .replace(/(?<![^\p{L}\p{N}*])[^\p{L}\p{N}*]+$/u, '')
    .replace(/(?<!\*)\*+$/, (stars) =>
      word.length - stars.length >= 2 && stars.length < 4 && word.length > 3 ? stars : '',
    );
}

/** A word in lower case, without accents. */
export function foldWord(word: string): string {
  // Before look-alikes are resolved, as one of "ł" is "l" with a combining stroke.
  return Array.from(
    plainLatin(word.toLowerCase()),
    (char) => normalizeCharacter(char.codePointAt(0) ?? 32).latin,
  ).join('');
}

/** Letters that do not decompose into a base letter and an accent. */
function plainLatin(word: string): string {
  return word
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i');
}
