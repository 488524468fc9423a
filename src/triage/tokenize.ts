import { normalizeCharacter } from './normalize.js';
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
  text: string;
  from: number;
  to: number;
  kind: 'word' | 'emoji' | 'mark';
  /** Follows the previous piece without a space. */
  glued: boolean;
}

/** Yields words, punctuation and emoji in order. */
function* pieces(text: string, count: { foreign: number; letters: number }): Generator<Piece> {
  let at = 0;
  let open: Piece | null = null;
  let plain = '';
  let glued = false;
  const close = (): Piece | null => {
    const done = open;
    open = null;
    if (done !== null && /^[^a-z]+$/.test(plain))
      done.text = /^[a-z]+$/.test(done.text) && done.text.length > 2 ? done.text : plain;
    // The lookbehind anchors the match at the start of a run; otherwise every character of it would
    // be tried as a start, in quadratic time.
    if (done !== null) {
      done.text = done.text
        .replace(/^[^\p{L}\p{N}@$]+/u, '')
        .replace(/(?<![^\p{L}\p{N}*])[^\p{L}\p{N}*]+$/u, '')
        .replace(/(?<!\*)\*+$/, (stars) =>
          done.text.length - stars.length >= 2 && stars.length < 4 && done.text.length > 3
            ? stars
            : '',
        );
    }
    return done === null || done.text === '' ? null : done;
  };
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 32;
    const size = code > 0xffff ? 2 : 1;
    const { plain: char, latin, kind } = normalizeCharacter(code);
    const next =
      at + size < text.length ? normalizeCharacter(text.codePointAt(at + size) ?? 32) : null;
    if (kind === 'letter') {
      count.letters += 1;
      if (!/^[a-z]/.test(char)) count.foreign += 1;
    }
    const inside =
      open !== null &&
      kind === 'mark' &&
      INSIDE.has(char) &&
      (next?.kind === 'letter' ||
        next?.kind === 'digit' ||
        (next?.kind === 'mark' && char === '*' && INSIDE.has(next.plain)) ||
        char === '*');
    if (
      kind === 'letter' ||
      kind === 'digit' ||
      inside ||
      (open === null && (char === '$' || char === '@') && next?.kind === 'letter')
    ) {
      if (open === null) {
        open = { text: '', from: at, to: at, kind: 'word', glued };
        plain = '';
      }
      open.text += latin;
      plain += char;
      open.to = at + size;
      glued = true;
    } else if (kind !== 'nothing' || char === '\n' || char === '\t' || char === '\r') {
      const done = close();
      if (done !== null) yield done;
      if (kind === 'emoji') yield { text: char, from: at, to: at + size, kind: 'emoji', glued };
      else if (kind === 'mark') yield { text: char, from: at, to: at + size, kind: 'mark', glued };
      else if (char === '\n')
        yield { text: '\n', from: at, to: at + size, kind: 'mark', glued: false };
      glued = kind === 'mark' || kind === 'emoji';
    }
    at += size;
  }
  const done = close();
  if (done !== null) yield done;
}

/** Splits a text into sentences of words, in linear time. */
export function tokenize(text: string, spelling: Spelling): Tokens {
  const count = { foreign: 0, letters: 0 };
  const list = [...pieces(text, count)];
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
    const run = letterRun(list, n);
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
    for (const word of spelling.read(piece.text)) put(word, piece.from, piece.to);
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
