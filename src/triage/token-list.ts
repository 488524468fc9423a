import type { Word } from './word.js';

/** A tokenised text: each word with its position in the original. */
export interface Tokens {
  readonly words: readonly Word[];
  /** The numbers of the words in the rules. */
  readonly numbers: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Index of the clause, delimited by commas, "but" and the like. */
  readonly clause: readonly number[];
  /** Inside double quotation marks. */
  readonly quoted: readonly boolean[];
  /** First word of each sentence, plus the total number of words. */
  readonly starts: readonly number[];
  /** Whether each sentence ends in a question mark. */
  readonly asks: readonly boolean[];
  /** The number of letters outside the Latin alphabet, and of all letters. */
  readonly foreign: number;
  readonly letters: number;
}

/** A sentence of this many words is split before one that may begin another, or at three times as many. */
const LONGEST = 34;

/** The words of a text so far, in sentences. The lists are reused for the next text. */
export class TokenList {
  private count = 0;
  private readonly words: Word[] = [];
  private readonly numbers: number[] = [];
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly clauses: number[] = [];
  private readonly quoted: boolean[] = [];
  private starts: number[] = [0];
  private asks: boolean[] = [];
  private start = 0;
  private clause = 0;
  private quoting = false;

  clear(): void {
    this.count = 0;
    this.starts = [0];
    this.asks = [];
    this.start = 0;
    this.clause = 0;
    this.quoting = false;
  }

  put(word: Word, from: number, to: number): void {
    const size = this.count - this.start;
    if ((size >= LONGEST && word.starts) || size >= LONGEST * 3) this.endSentence(false);
    if (word.turns) this.clause += 1;
    const at = this.count;
    this.words[at] = word;
    this.numbers[at] = word.number;
    this.from[at] = from;
    this.to[at] = to;
    this.clauses[at] = this.clause;
    this.quoted[at] = this.quoting;
    this.count = at + 1;
  }

  endSentence(isQuestion: boolean): void {
    if (this.count > this.start) {
      this.starts.push(this.count);
      this.asks.push(isQuestion);
      this.start = this.count;
    } else if (isQuestion && this.asks.length > 0) this.asks[this.asks.length - 1] = true;
    this.clause += 1;
  }

  endClause(): void {
    this.clause += 1;
  }

  quote(quoting: boolean): void {
    this.quoting = quoting;
  }

  get inQuotation(): boolean {
    return this.quoting;
  }

  tokens({ foreign, letters }: Pick<Tokens, 'foreign' | 'letters'>): Tokens {
    const { count } = this;
    return {
      words: this.words.slice(0, count),
      numbers: this.numbers.slice(0, count),
      from: this.from.slice(0, count),
      to: this.to.slice(0, count),
      clause: this.clauses.slice(0, count),
      quoted: this.quoted.slice(0, count),
      starts: this.starts,
      asks: this.asks,
      foreign,
      letters,
    };
  }
}
