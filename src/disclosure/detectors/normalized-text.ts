import { normalizeCharacter } from '../../triage/normalize.js';

/**
 * A text with plain letters and digits, uniform spaces and no invisible characters, and the
 * original position of each character. Case is kept in `text`.
 */
export interface NormalizedText {
  readonly text: string;
  readonly lower: string;
  /** Whether it has a digit, without which most details cannot be. */
  readonly hasDigit: boolean;
  /** Original position of each character, and of the end. */
  readonly at: readonly number[];
}

export function normalizeText(original: string): NormalizedText {
  const parts: string[] = [];
  const at: number[] = [];
  for (let from = 0; from < original.length;) {
    const code = original.codePointAt(from) ?? 32;
    const size = code > 0xffff ? 2 : 1;
    const part = one(code, original.slice(from, from + size));
    for (let n = 0; n < part.length; n += 1) at.push(from);
    parts.push(part);
    from += size;
  }
  at.push(original.length);
  const text = parts.join('');
  return { text, lower: text.toLowerCase(), hasDigit: /\d/.test(text), at };
}

function one(code: number, char: string): string {
  if (code === 10) return '\n';
  if (code < 128 && code > 32) return char;
  const { latin, kind } = normalizeCharacter(code);
  if (kind === 'nothing') return '';
  if (kind === 'space') return ' ';
  const capital = kind === 'letter' && char !== char.toLowerCase();
  const plain = latin === '—' ? '-' : latin;
  return capital ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
}

/** The sentence before a position, at most `most` characters. */
export function before(text: string, place: number, most = 80): string {
  const part = text.slice(Math.max(0, place - most), place);
  const ends = Math.max(
    part.lastIndexOf('\n'),
    part.lastIndexOf('! '),
    part.lastIndexOf('? '),
    lastStop(part),
  );
  return ends < 0 ? part : part.slice(ends + 1);
}

/** The sentence after a position, at most `most` characters. */
export function after(text: string, place: number, most = 80): string {
  const part = text.slice(place, place + most);
  const end = part.search(/[!?\n]|\.(?=\s+[A-Z"])/);
  return end < 0 ? part : part.slice(0, end);
}

/** The sentence around a position. */
export function contextWindow(text: string, from: number, to: number, most = 100): string {
  return before(text, from, most) + text.slice(from, to) + after(text, to, most);
}

// "Dr. Whitlock" and "St. Mary" do not end a sentence.
function lastStop(part: string): number {
  for (let stop = part.lastIndexOf('. '); stop > 0; stop = part.lastIndexOf('. ', stop - 1)) {
    if (
      !/\b(?:dr|mr|mrs|ms|st|prof|rev|no|tel|approx|e\.g|i\.e)$/i.test(
        part.slice(Math.max(0, stop - 6), stop),
      )
    )
      return stop;
  }
  return -1;
}
