import { loadPatterns } from './pattern-data.js';
import { before, after, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isCounting, isPhone } from './phones.js';
import { isPublicNumber } from './public-numbers.js';

const patterns = loadPatterns(new URL('./worded-digits.json', import.meta.url));
const OFFERED = patterns.regExp('offered');

const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('0123456789').flatMap((digit) =>
    [...patterns.words(digit)].map((word) => [word, digit] as const),
  ),
);
/** Words that occur in a spelled-out number and are not digits. */
const BESIDE = ['double', 'triple', 'treble', 'hundred', 'plus'];
const WORDS = new Set([...Object.keys(DIGITS), ...BESIDE]);

const CHUNK = /[a-z0-9]+/g;
const BETWEEN = /[ ,.\-/_()]{1,3}(?:then |and then |dash |space |and )?/y;
/** Maximum length of a digit group, and limits on the number of words or groups of a number. */
const GROUP = 6;
const MIN_PARTS = 3;
const MAX_PARTS = 31;
/** Longer than any sequence of that many words and groups. */
const MAX_CHUNK_LENGTH = MAX_PARTS * Math.max(GROUP, ...[...WORDS].map((word) => word.length));

/** Letters and digits without a separator: "seven", "07700", "two7". */
interface Chunk {
  readonly from: number;
  readonly to: number;
  /** Minimum and maximum number of words and groups; null if a word is not a digit. */
  readonly parts: { readonly fewest: number; readonly most: number } | null;
}

function partsOf(chunk: string): Chunk['parts'] {
  if (chunk.length > MAX_CHUNK_LENGTH) return null;
  let [fewest, most] = [0, 0];
  for (const run of chunk.match(/[a-z]+|\d+/g) ?? []) {
    const figures = /^\d/.test(run);
    if (!figures && !WORDS.has(run)) return null;
    fewest += figures ? Math.ceil(run.length / GROUP) : 1;
    most += figures ? run.length : 1;
  }
  return { fewest, most };
}

/**
 * Runs of 3 to 31 digit words and digits. Scanned by code, because a pattern that may split digits
 * anywhere would backtrack catastrophically. Each run extends from its first chunk as far as
 * possible, at most 31 parts, and the next one starts after it, so that the time is linear.
 */
function* runs(text: string): Generator<{ from: number; to: number; said: string }> {
  const chunks: Chunk[] = [];
  for (const { from, to, said } of matches(CHUNK, text))
    chunks.push({ from, to, parts: partsOf(said) });
  for (let first = 0; first < chunks.length; first += 1) {
    let [fewest, most, last] = [0, 0, first - 1];
    for (let next = first; next < chunks.length; next = following(text, chunks, last)) {
      const parts = chunks[next]?.parts ?? null;
      if (parts === null || fewest + parts.fewest > MAX_PARTS) break;
      [fewest, most, last] = [fewest + parts.fewest, most + parts.most, next];
    }
    if (most < MIN_PARTS) continue;
    const [from, to] = [chunks[first]?.from ?? 0, chunks[last]?.to ?? 0];
    yield { from, to, said: text.slice(from, to) };
    first = last;
  }
}

/** The chunk that continues a run, after punctuation and "then"; past the end if there is none. */
function following(text: string, chunks: readonly Chunk[], last: number): number {
  BETWEEN.lastIndex = chunks[last]?.to ?? 0;
  if (!BETWEEN.test(text)) return chunks.length;
  let next = last + 1;
  while (next < chunks.length && (chunks[next]?.from ?? 0) < BETWEEN.lastIndex) next += 1;
  return chunks[next]?.from === BETWEEN.lastIndex ? next : chunks.length;
}

/** Finds spelled-out numbers: "oh seven seven double zero ...". */
export function wordedDigits(flat: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, said } of runs(flat.lower)) {
    const words =
      said
        .match(/[a-z]+/g)
        ?.filter(
          (word) =>
            word in DIGITS ||
            word === 'double' ||
            word === 'triple' ||
            word === 'treble' ||
            word === 'then' ||
            word === 'dash',
        ) ?? [];
    if (words.length < 2) continue;
    const { digits, groups } = parseDigits(said);
    if (
      digits.length < 7 ||
      digits.length > 15 ||
      isCounting(digits) ||
      new Set(digits).size < 3 ||
      isPublicNumber(groups)
    )
      continue;
    const lead = before(flat.text, from, 70);
    const offered = OFFERED.test(lead) || /\barea code\b/i.test(lead + after(flat.text, to, 40));
    if (
      offered ||
      (digits.length >= 10 &&
        /^(?:0|[1-9])/.test(digits) &&
        (digits.startsWith('0') || words.length >= 9)) ||
      isPhone(digits, lead, after(flat.text, to, 40))
    ) {
      details.push({ kind: 'phone', span: [from, to], why: 'words', of: ownerOf(lead.slice(-45)) });
    }
  }
  return details;
}

function parseDigits(said: string): { digits: string; groups: string[] } {
  const groups: string[] = [];
  let times = 1;
  for (const word of said.match(/[a-z]+|\d+/g) ?? []) {
    const digit = /^\d/.test(word) ? word : DIGITS[word];
    if (word === 'double') times = 2;
    else if (word === 'triple' || word === 'treble') times = 3;
    else if (word === 'hundred') groups.push('00');
    else if (digit !== undefined) {
      groups.push(digit.length === 1 ? digit.repeat(times) : digit);
      times = 1;
    }
  }
  return { digits: groups.join(''), groups };
}
