import type { Tokens } from './tokenize.js';

const LONGEST = 4;

/**
 * Words that name a danger. A phrase without one of them ("tonight is the night") is a hint:
 * it counts for the order of reading, but by itself it takes no post from anybody's sight.
 */
export class Naming {
  private readonly phrases: ReadonlySet<string>;

  constructor(phrases: readonly string[]) {
    this.phrases = new Set(phrases);
  }

  /** @param from first word, @param to one past the last; -1 where it has no place */
  names({ words }: Tokens, from: number, to: number): boolean {
    for (let at = Math.max(0, from); from >= 0 && at < to; at += 1) {
      for (let size = 1; size <= LONGEST && at + size <= to; size += 1)
        if (this.phrases.has(words.slice(at, at + size).join(' '))) return true;
    }
    return false;
  }
}
