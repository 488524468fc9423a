/** Most words of all texts are among the few thousand commonest. */
const MOST_WORDS = 20_000;
/** No word is longer; anything that is, is not worth its memory. */
const LONGEST = 40;
/** V8 copies a slice of up to this many characters; a longer one keeps its whole text in memory. */
const LONGEST_COPIED = 12;

/**
 * Keeps what a pure function says of a word, as texts repeat a few thousand of them. It is cleared
 * when it is full.
 */
export class WordCache<Value extends object> {
  private readonly values = new Map<string, Value>();
  private readonly compute: (word: string) => Value;

  constructor(compute: (word: string) => Value) {
    this.compute = compute;
  }

  get(word: string): Value {
    return this.values.get(word) ?? this.add(word);
  }

  private add(word: string): Value {
    if (word.length > LONGEST) return this.compute(word);
    const own = word.length > LONGEST_COPIED ? copyOf(word) : word;
    const value = this.compute(own);
    if (this.values.size >= MOST_WORDS) this.values.clear();
    this.values.set(own, value);
    return value;
  }
}

/** The same word without the text that it was cut from. */
function copyOf(word: string): string {
  return Buffer.from(word, 'utf16le').toString('utf16le');
}
