import { ComputedOnce } from '../kernel/computed-once.js';

/** Most words of all texts are among the few thousand commonest. */
const MOST_WORDS = 20_000;
/** V8 copies a slice of up to this many characters; a longer one keeps its whole text in memory. */
const LONGEST = 12;

/** Keeps what a pure function says of a word, as texts repeat a few thousand of them. */
export class WordCache<Value> {
  private readonly values = new ComputedOnce<Value>(MOST_WORDS);
  private readonly compute: (word: string) => Value;

  constructor(compute: (word: string) => Value) {
    this.compute = compute;
  }

  get(word: string): Value {
    return word.length > LONGEST
      ? this.compute(word)
      : this.values.get(word, () => this.compute(word));
  }
}
