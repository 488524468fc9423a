/** A word of a text, as it is compared, and where it stands. */
interface Placed {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Words in a row that nobody writes twice by chance. */
const COPIED = 6;
/** Between quotation marks fewer words are enough: the marks say that they are somebody's. */
const MARKED = 2;
/** In a line behind ">" that differs from what it quotes, words in a row that count as quoted. */
const IN_LINE = 3;
/** Share of the words between quotation marks, or of a sentence, that is copied words. */
const MOSTLY = 0.8;
/** A sentence of fewer words may be an echo: two people may feel the same. */
const SENTENCE_WORDS = 6;
const SENTENCE = /[^.!?\n]+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
const LINE = /^[^\S\n]*>.*$/gmu;
const MARKS =
  /"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|(?<![\p{L}\p{N}])['‘](?:[^'‘’\n]|['’](?=\p{L})){2,400}['’](?!\p{L})|\*[^*\n]{2,400}\*/gu;

function placed(text: string): Placed[] {
  return [...text.matchAll(WORD)].map((found) => ({
    word: found[0].toLowerCase().normalize('NFKC'),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** Every row of `size` words that stands in the texts answered. */
class Rows {
  private readonly rows = new Map<number, Set<string>>();
  private readonly texts: readonly (readonly string[])[];

  constructor(texts: readonly string[]) {
    this.texts = texts
      .map((text) => placed(text).map(({ word }) => word))
      .filter((words) => words.length > 0);
  }

  of(size: number): ReadonlySet<string> {
    let found = this.rows.get(size);
    if (found === undefined) {
      found = new Set(
        this.texts.flatMap((words) =>
          Array.from({ length: Math.max(0, words.length - size + 1) }, (_, at) =>
            words.slice(at, at + size).join(' '),
          ),
        ),
      );
      this.rows.set(size, found);
    }
    return found;
  }
}

/** Which words stand in a row of `least` or more that was copied. */
function copied(words: readonly Placed[], rows: Rows, least: number): boolean[] {
  const size = Math.min(least, words.length);
  const taken = new Array<boolean>(words.length).fill(false);
  if (size === 0) return taken;
  for (let at = 0; at + size <= words.length; at += 1) {
    if (
      rows.of(size).has(
        words
          .slice(at, at + size)
          .map(({ word }) => word)
          .join(' '),
      )
    )
      taken.fill(true, at, at + size);
  }
  return taken;
}

const mostly = (taken: readonly boolean[]): boolean =>
  taken.filter(Boolean).length >= MOSTLY * taken.length;

type Span = readonly [from: number, to: number];

/** Spaces in the place of the spans, which stand in order. */
function blank(text: string, spans: readonly Span[]): string {
  let done = '';
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) continue;
    done += text.slice(at, from) + text.slice(from, to).replace(/[^\n]/gu, ' ');
    at = to;
  }
  return done + text.slice(at);
}

function spansOf(words: readonly Placed[], taken: readonly boolean[], start: number): Span[] {
  return words.flatMap(({ from, to }, at): Span[] =>
    taken[at] === true ? [[start + from, start + to]] : [],
  );
}

/**
 * A text with spaces in the place of lines behind ">" whose words all stand in one of the texts
 * answered: what is quoted there stands in that post already. A line that nobody else wrote is the
 * writer's own, whatever mark it bears.
 * @param answers the texts of the other posts of the thread
 */
export function withoutQuotedLines(text: string, answers: readonly string[]): string {
  const lines = [...text.matchAll(LINE)];
  if (lines.length === 0 || answers.length === 0) return text;
  const rows = new Rows(answers);
  return blank(
    text,
    lines
      .filter((line) => copied(placed(line[0]), rows, IN_LINE).every(Boolean))
      .map((line): Span => [line.index, line.index + line[0].length]),
  );
}

/**
 * What somebody wrote themselves: words of the texts that they answer are spaces, so that places
 * stay what they are. Such are lines behind ">" and words between quotation marks that stand in one
 * of the texts, and without any mark six words in a row or a sentence that is mostly copied. A
 * shorter echo stays the writer's own: two people may feel the same, and encouragement is often an
 * echo.
 * @param answers the texts of the posts that are answered, or of the whole thread
 */
export function ownWords(text: string, answers: readonly string[]): string {
  const rows = new Rows(answers);
  if (rows.of(1).size === 0) return text;
  const unquoted = blank(
    text,
    [...text.matchAll(LINE)].flatMap((line): Span[] => {
      const words = placed(line[0]);
      const taken = copied(words, rows, IN_LINE);
      return taken.every(Boolean)
        ? [[line.index, line.index + line[0].length]]
        : spansOf(words, taken, line.index);
    }),
  );
  const unmarked = blank(
    unquoted,
    [...unquoted.matchAll(MARKS)].flatMap((mark): Span[] => {
      const words = placed(mark[0]);
      return words.length >= MARKED && mostly(copied(words, rows, MARKED))
        ? [[mark.index, mark.index + mark[0].length]]
        : [];
    }),
  );
  const sentences = [...unmarked.matchAll(SENTENCE)].flatMap((sentence): Span[] => {
    const words = placed(sentence[0]);
    return words.length >= SENTENCE_WORDS && mostly(copied(words, rows, IN_LINE))
      ? [[sentence.index, sentence.index + sentence[0].length]]
      : [];
  });
  const words = placed(unmarked);
  if (words.length < COPIED) return unmarked;
  const runs = spansOf(words, copied(words, rows, COPIED), 0);
  return blank(blank(unmarked, runs), sentences);
}
