import type { Tokens } from './tokenize.js';

const LONGEST = 4;

/**
 * Words that name a danger. A phrase without one ("tonight is the night") is a hint: it affects the
 * order of reading, but by itself never hides a post.
 */
export class Naming {
  private readonly phrases: ReadonlySet<string>;

  constructor(phrases: readonly string[]) {
    this.phrases = new Set(phrases);
  }

  /** @param from first word, @param to one past the last; -1 if it has no position */
  names({ words }: Tokens, from: number, to: number): boolean {
    for (let at = Math.max(0, from); from >= 0 && at < to; at += 1) {
      for (let size = 1; size <= LONGEST && at + size <= to; size += 1)
        if (this.phrases.has(words.slice(at, at + size).join(' '))) return true;
    }
    return false;
  }
}
