/**
 * Whether a string is a word of a list with one letter removed. Only hashes of the shortened words
 * are kept, in a seventh of the memory that a set of strings takes; a hash that is found is checked
 * against the words themselves.
 */
export class Deletions {
  /** An open hash table of hashes; 0 where there is none. */
  private readonly hashes: Int32Array;
  /** The letters that occur in the words. */
  private readonly letters: readonly string[];
  private readonly words: ReadonlySet<string>;
  private readonly shortest: number;

  /**
   * @param words those to shorten
   * @param shortest minimum length of a word that is shortened
   */
  constructor(words: ReadonlySet<string>, shortest: number) {
    this.words = words;
    this.shortest = shortest;
    const letters = new Set<string>();
    let count = 0;
    for (const word of words)
      if (word.length >= shortest) {
        count += word.length;
        for (const letter of word) letters.add(letter);
      }
    this.letters = [...letters];
    this.hashes = new Int32Array(2 ** Math.ceil(Math.log2(count * 1.5 + 2)));
    for (const word of words)
      if (word.length >= shortest)
        for (let at = 0; at < word.length; at += 1) {
          const hash = hashWithout(word, at);
          this.hashes[this.place(hash)] = hash;
        }
  }

  has(text: string): boolean {
    if (text.length < this.shortest - 1) return false;
    const hash = hashWithout(text, -1);
    return this.hashes[this.place(hash)] === hash && this.isShortened(text);
  }

  private isShortened(text: string): boolean {
    for (let at = 0; at <= text.length; at += 1) {
      const [begin, end] = [text.slice(0, at), text.slice(at)];
      if (this.letters.some((letter) => this.words.has(begin + letter + end))) return true;
    }
    return false;
  }

  /** Where the hash is, or else the free entry for it. */
  private place(hash: number): number {
    const last = this.hashes.length - 1;
    let at = (hash ^ (hash >>> 15)) & last;
    while (this.hashes[at] !== 0 && this.hashes[at] !== hash) at = (at + 1) & last;
    return at;
  }
}

/** FNV-1a of a word without the letter at this index; never 0. */
function hashWithout(word: string, without: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1)
    if (at !== without) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash === 0 ? 1 : hash;
}
