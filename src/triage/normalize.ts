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

/** Normalises one code point. Results are cached. */
export function normalizeCharacter(code: number): NormalizedCharacter {
  let cached = cache.get(code);
  if (cached === undefined) {
    cached = make(String.fromCodePoint(code));
    cache.set(code, cached);
  }
  return cached;
}
