import { CopiedRows, tokenizeWithOffsets, type Placed } from './copied-rows.js';

/** A sequence of this many identical words is not a coincidence. */
const COPIED = 6;
/** Within quotation marks fewer words are enough, as the marks themselves indicate a quotation. */
const MARKED = 2;
/** Minimum length of a copied sequence in a ">" line that was changed. */
const IN_LINE = 3;
/** Minimum share of copied words in a quotation or a sentence. */
const MOSTLY = 0.8;
/** A shorter sentence may be an echo: two people can feel the same. */
const SENTENCE_WORDS = 6;
const SENTENCE = /[^.!?\n]+/gu;
const LINE = /^[^\S\n]*>.*$/gmu;
const MARKS =
  /"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|(?<![\p{L}\p{N}])['‘](?:[^'‘’\n]|['’](?=\p{L})){2,400}['’](?!\p{L})|\*[^*\n]{2,400}\*/gu;

const mostly = (taken: readonly boolean[]): boolean =>
  taken.filter(Boolean).length >= MOSTLY * taken.length;

type Span = readonly [from: number, to: number];

/** Replaces the sorted spans by spaces. */
function blank(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) continue;
    result += text.slice(at, from) + text.slice(from, to).replace(/[^\n]/gu, ' ');
    at = to;
  }
  return result + text.slice(at);
}

function spansOf(words: readonly Placed[], taken: readonly boolean[], start: number): Span[] {
  return words.flatMap(({ from, to }, at): Span[] =>
    taken[at] === true ? [[start + from, start + to]] : [],
  );
}

/**
 * Blanks out ">" lines whose words all occur in one of the given texts, as that post already
 * contains them. A ">" line that nobody else wrote counts as the writer's own.
 * @param answers the texts of the other posts of the thread
 */
export function withoutQuotedLines(text: string, answers: readonly string[]): string {
  const lines = [...text.matchAll(LINE)];
  if (lines.length === 0 || answers.length === 0) return text;
  const rows = new CopiedRows(text, answers);
  return blank(
    text,
    lines
      .filter((line) => rows.taken(tokenizeWithOffsets(line[0]), IN_LINE).every(Boolean))
      .map((line): Span => [line.index, line.index + line[0].length]),
  );
}

/**
 * Blanks out everything copied from the answered texts and leaves the writer's own words at their
 * positions. Copied means: ">" lines and quotations that occur in one of the texts, and, without
 * any mark, six words in sequence or a sentence that is mostly copied. A shorter echo counts as the
 * writer's own: two people can feel the same, and encouragement is often an echo.
 * @param answers the texts of the answered posts, or of the whole thread
 */
export function ownWords(text: string, answers: readonly string[]): string {
  if (answers.length === 0) return text;
  const rows = new CopiedRows(text, answers);
  if (rows.empty) return text;
  const unquoted = blank(
    text,
    [...text.matchAll(LINE)].flatMap((line): Span[] => {
      const words = tokenizeWithOffsets(line[0]);
      const taken = rows.taken(words, IN_LINE);
      return taken.every(Boolean)
        ? [[line.index, line.index + line[0].length]]
        : spansOf(words, taken, line.index);
    }),
  );
  const unmarked = blank(
    unquoted,
    [...unquoted.matchAll(MARKS)].flatMap((mark): Span[] => {
      const words = tokenizeWithOffsets(mark[0]);
      return words.length >= MARKED && mostly(rows.taken(words, MARKED))
        ? [[mark.index, mark.index + mark[0].length]]
        : [];
    }),
  );
  const sentences = [...unmarked.matchAll(SENTENCE)].flatMap((sentence): Span[] => {
    const words = tokenizeWithOffsets(sentence[0]);
    return words.length >= SENTENCE_WORDS && mostly(rows.taken(words, IN_LINE))
      ? [[sentence.index, sentence.index + sentence[0].length]]
      : [];
  });
  const words = tokenizeWithOffsets(unmarked);
  if (words.length < COPIED) return unmarked;
  const runs = spansOf(words, rows.taken(words, COPIED), 0);
  return blank(blank(unmarked, runs), sentences);
}
