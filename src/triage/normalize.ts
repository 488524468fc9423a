import unhomoglyph from 'unhomoglyph';

/**
 * One character as the rules see it: '' for what is invisible, ' ' for space, else lower case and
 * plain.
 */
export interface NormalizedCharacter {
  /** After NFKC and case alone. */
  readonly plain: string;
  /** Look-alike letters of other alphabets turned into the Latin letter they imitate. */
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
  // Plain Latin is never touched: the package would read "m" as "rn".
  const looks =
    /^[\0-\x7f]*$/.test(plain) || kind !== 'letter' ? plain : unhomoglyph(plain).toLowerCase();
  const ascii = /^[a-z]$/.test(plain);
  return { plain, latin: looks, kind: ascii ? 'letter' : kind };
}

/** Folds one code point; remembers what it has seen. */
export function normalizeCharacter(code: number): NormalizedCharacter {
  let found = cache.get(code);
  if (found === undefined) {
    found = make(String.fromCodePoint(code));
    cache.set(code, found);
  }
  return found;
}
