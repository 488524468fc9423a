import { Pieces, type Piece } from './pieces.js';
import type { Spelling } from './spelling-correction.js';
import { TokenList, type Tokens } from './token-list.js';

const ENDS = new Set(['.', '!', '?', '\n']);
const PAUSES = new Set([',', ';', ':', '—', '(', ')', '-', '/']);
/** Fewer single letters spell no word, and no run of them is longer. */
const FEWEST_LETTERS = 3;
const LONGEST_RUN = 60;

const pieces = new Pieces();
const tokens = new TokenList();

/** Splits a text into sentences of words, in linear time. */
export function tokenize(text: string, spelling: Spelling): Tokens {
  pieces.read(text, spelling);
  tokens.clear();
  for (let n = 0; n < pieces.length; n += 1) {
    const piece = pieces.at(n) as Piece;
    if (piece.kind === 'mark') takeMark(piece, pieces.at(n + 1));
    else if (piece.kind === 'emoji') tokens.put(spelling.word(piece.text), piece.from, piece.to);
    else n = takeWord(piece, n, spelling);
  }
  tokens.endSentence(false);
  return tokens.tokens(pieces);
}

function takeMark(mark: Piece, after: Piece | undefined): void {
  if (mark.text === '"') tokens.quote(!tokens.inQuotation);
  else if (ENDS.has(mark.text)) {
    if (mark.text === '.' && mark.glued && after !== undefined && isSmall(after)) return;
    tokens.endSentence(mark.text === '?');
    if (mark.text === '\n') tokens.quote(false);
  } else if (PAUSES.has(mark.text) && !(mark.text === '-' && mark.glued && after?.glued === true))
    tokens.endClause();
}

/** "3.30", "e.g.", "s.u.i": a dot before a single letter or a number does not end a sentence. */
function isSmall({ kind, text, glued }: Piece): boolean {
  return glued && kind === 'word' && (text.length === 1 || /^\d/.test(text));
}

/** Takes the word at an index, and whatever it is joined with; returns the index of the last. */
function takeWord(piece: Piece, n: number, spelling: Spelling): number {
  const run = piece.text.length === 1 ? takeLetters(n, spelling) : n;
  if (run > n) return run;
  const after = pieces.at(n + 1);
  const isMarked = after?.kind === 'mark' && after.glued && pieces.at(n + 2)?.glued === true;
  const besideAt = isMarked ? n + 2 : n + 1;
  const beside = pieces.at(besideAt);
  const joined = beside?.kind === 'word' ? spelling.pieces(piece.text, beside.text) : null;
  if (joined !== null && beside !== undefined) {
    tokens.put(spelling.word(joined), piece.from, beside.to);
    return besideAt;
  }
  for (const word of piece.words) tokens.put(word, piece.from, piece.to);
  return n;
}

/**
 * Takes the words that single letters from an index on spell; returns the index of the last letter,
 * or the same index if they spell none.
 */
function takeLetters(from: number, spelling: Spelling): number {
  const run = letterRun(from);
  if (run.length < FEWEST_LETTERS) return from;
  const words = spelling.joined(run.map((at) => pieces.at(at)?.text ?? '').join(''));
  if (words === null) return from;
  for (const { word, at, length } of words) {
    const first = pieces.at(run[at] as number) as Piece;
    const last = pieces.at(run[at + length - 1] as number) as Piece;
    for (const each of spelling.wordsOf(word)) tokens.put(each, first.from, last.to);
  }
  return run.at(-1) ?? from;
}

/** The indices of a run of single letters separated by spaces or punctuation. */
function letterRun(from: number): number[] {
  const run: number[] = [];
  for (let n = from; n < pieces.length && run.length < LONGEST_RUN; n += 1) {
    const piece = pieces.at(n) as Piece;
    const next = pieces.at(n + 1);
    if (piece.kind === 'word' && piece.text.length === 1) run.push(n);
    else if (!(
      piece.kind === 'mark' &&
      run.length > 0 &&
      next?.kind === 'word' &&
      next.text.length === 1 &&
      /[.\-_*/~ ]/.test(piece.text)
    ))
      break;
  }
  return run;
}
