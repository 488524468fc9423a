import { normalizeCharacter, type NormalizedCharacter } from './normalize.js';
import type { Spelling } from './spelling-correction.js';

/** A tokenised text: each word with its position in the original. */
export interface Tokens {
  readonly words: string[];
  readonly from: number[];
  readonly to: number[];
  /** Index of the clause, delimited by commas, "but" and the like. */
  readonly clause: number[];
  /** Inside double quotation marks. */
  readonly quoted: boolean[];
  /** First word of each sentence, plus the total number of words. */
  readonly starts: number[];
  /** Whether each sentence ends in a question mark. */
  readonly asks: boolean[];
  /** The number of letters outside the Latin alphabet, and of all letters. */
  readonly foreign: number;
  readonly letters: number;
}

const INSIDE = new Set(["'", '*', '@', '$', '!', '#', '|', '€']);
const ENDS = new Set(['.', '!', '?', '\n']);
const PAUSES = new Set([',', ';', ':', '—', '(', ')', '-', '/']);
const TURNS = new Set([
  'but',
  'because',
  'though',
  'although',
  'except',
  'however',
  'so',
  'then',
  'while',
]);
const STARTERS = new Set(['i', 'and', 'but', 'so', 'then', 'because', 'he', 'she', 'they', 'my']);
const LONGEST = 34;

interface Piece {
  readonly kind: 'word' | 'emoji' | 'mark';
  readonly text: string;
  /** The words that a word stands for. */
  readonly words: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Follows the previous piece without a space. */
  readonly glued: boolean;
}

const NO_WORDS: readonly string[] = [];

const sizeOf = (code: number): number => (code > 0xffff ? 2 : 1);

function characterAt(text: string, at: number): NormalizedCharacter | null {
  const code = text.codePointAt(at);
  return code === undefined ? null : normalizeCharacter(code);
}

const isAlphanumeric = (each: NormalizedCharacter | null): boolean =>
  each?.kind === 'letter' || each?.kind === 'digit';

/** Whether a sign within a word may stand for a letter: "don't", "su*c*de", "k!ll". */
function isInside({ kind, plain }: NormalizedCharacter, next: NormalizedCharacter | null): boolean {
  return kind === 'mark' && INSIDE.has(plain) && (plain === '*' || isAlphanumeric(next));
}

function beginsWord(char: NormalizedCharacter, text: string, next: number): boolean {
  if (isAlphanumeric(char)) return true;
  return (char.plain === '$' || char.plain === '@') && characterAt(text, next)?.kind === 'letter';
}

/** The end of the word that begins at an index. Invisible characters do not end it. */
function wordEnd(text: string, from: number): number {
  let end = from;
  for (let at = from; at < text.length;) {
    const code = text.codePointAt(at) ?? 32;
    const char = normalizeCharacter(code);
    const next = at + sizeOf(code);
    if (at === from || isAlphanumeric(char) || isInside(char, characterAt(text, next))) end = next;
    else if (char.kind !== 'nothing') break;
    at = next;
  }
  return end;
}

/** Words, punctuation and emoji in order. */
function piecesOf(
  text: string,
  spelling: Spelling,
  count: { foreign: number; letters: number },
): Piece[] {
  const list: Piece[] = [];
  let glued = false;
  for (let from = 0; from < text.length;) {
    const code = text.codePointAt(from) ?? 32;
    const char = normalizeCharacter(code);
    let to = from + sizeOf(code);
    if (beginsWord(char, text, to)) {
      to = wordEnd(text, from);
      const word = spelling.spell(text.slice(from, to));
      count.letters += word.letters;
      count.foreign += word.foreign;
      if (word.text !== '')
        list.push({ kind: 'word', text: word.text, words: word.words, from, to, glued });
      glued = true;
    } else if (char.kind === 'emoji' || char.kind === 'mark') {
      list.push({ kind: char.kind, text: char.plain, words: NO_WORDS, from, to, glued });
      glued = true;
    } else if (char.kind === 'space') {
      if (char.plain === '\n')
        list.push({ kind: 'mark', text: '\n', words: NO_WORDS, from, to, glued: false });
      glued = false;
    }
    from = to;
  }
  return list;
}

/** Splits a text into sentences of words, in linear time. */
export function tokenize(text: string, spelling: Spelling): Tokens {
  const count = { foreign: 0, letters: 0 };
  const list = piecesOf(text, spelling, count);
  const out: Tokens & { foreign: number; letters: number } = {
    words: [],
    from: [],
    to: [],
    clause: [],
    quoted: [],
    starts: [0],
    asks: [],
    foreign: 0,
    letters: 0,
  };
  let clause = 0;
  let quoting = false;
  const sentence = (): number => out.words.length - (out.starts.at(-1) ?? 0);
  const end = (isQuestion: boolean): void => {
    if (sentence() > 0) {
      out.starts.push(out.words.length);
      out.asks.push(isQuestion);
    } else if (isQuestion && out.asks.length > 0) out.asks[out.asks.length - 1] = true;
    clause += 1;
  };
  const put = (word: string, from: number, to: number): void => {
    if (sentence() >= LONGEST && STARTERS.has(word)) end(false);
    if (sentence() >= LONGEST * 3) end(false);
    if (TURNS.has(word)) clause += 1;
    out.words.push(word);
    out.from.push(from);
    out.to.push(to);
    out.clause.push(clause);
    out.quoted.push(quoting);
  };
  for (let n = 0; n < list.length; n += 1) {
    const piece = list[n] as Piece;
    const after = list[n + 1];
    if (piece.kind === 'mark') {
      if (piece.text === '"') quoting = !quoting;
      else if (ENDS.has(piece.text)) {
        // "3.30", "e.g.", "s.u.i": a dot between adjacent single letters or digits does not end a
        // sentence.
        const small =
          after?.glued === true &&
          after.kind === 'word' &&
          (after.text.length === 1 || /^\d/.test(after.text)) &&
          piece.text === '.' &&
          piece.glued;
        if (!small) {
          end(piece.text === '?');
          if (piece.text === '\n') quoting = false;
        }
      } else if (
        PAUSES.has(piece.text) &&
        !(piece.text === '-' && piece.glued && after?.glued === true)
      )
        clause += 1;
      continue;
    }
    if (piece.kind === 'emoji') {
      put(piece.text, piece.from, piece.to);
      continue;
    }
    const run = piece.text.length === 1 ? letterRun(list, n) : [];
    if (run.length >= 3) {
      const words = spelling.joined(run.map(({ text: letter }) => letter).join(''));
      if (words !== null) {
        for (const { word, at, length } of words)
          for (const each of spelling.read(word))
            put(each, run[at]?.from ?? piece.from, run[at + length - 1]?.to ?? piece.to);
        n = list.indexOf(run.at(-1) as Piece, n);
        continue;
      }
    }
    const [beside, skip] =
      after?.kind === 'mark' && after.glued && list[n + 2]?.glued === true
        ? [list[n + 2], 2]
        : [after, 1];
    const joined = beside?.kind === 'word' ? spelling.pieces(piece.text, beside.text) : null;
    if (joined !== null && beside !== undefined) {
      put(joined, piece.from, beside.to);
      n += skip;
      continue;
    }
    for (const word of piece.words) put(word, piece.from, piece.to);
  }
  end(false);
  if (out.starts.at(-1) !== out.words.length) out.starts.push(out.words.length);
  return Object.assign(out, count);
}

/** A run of single letters separated by spaces or punctuation. */
function letterRun(list: readonly Piece[], from: number): Piece[] {
  const run: Piece[] = [];
  for (let n = from; n < list.length && run.length < 60; n += 1) {
    const piece = list[n] as Piece;
    if (piece.kind === 'word' && piece.text.length === 1) run.push(piece);
    else if (!(
      piece.kind === 'mark' &&
      run.length > 0 &&
      /[.\-_*/~ ]/.test(piece.text) &&
      list[n + 1]?.kind === 'word' &&
      list[n + 1]?.text.length === 1
    ))
      break;
  }
  return run;
}
