import type { Tokens } from './tokenize.js';

const LONGEST = 4;

/** A rule by its key, and the words that it matched. */
interface Match {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Words that name a danger. A phrase without one ("tonight is the night") is a hint: it affects the
 * order of reading, but by itself never hides a post.
 */
export class Naming {
  private readonly phrases: ReadonlySet<string>;
  private readonly rules: ReadonlySet<string>;

  /** @param rules keys of those whose phrases name a danger as a whole */
  constructor(phrases: readonly string[], rules: readonly string[]) {
    this.phrases = new Set(phrases);
    this.rules = new Set(rules);
  }

  /** @param from first word, @param to one past the last; -1 if it has no position */
  names({ words }: Tokens, { rule, from, to }: Match): boolean {
    if (this.rules.has(rule)) return true;
    for (let at = Math.max(0, from); from >= 0 && at < to; at += 1) {
      for (let size = 1; size <= LONGEST && at + size <= to; size += 1)
        if (this.phrases.has(words.slice(at, at + size).join(' '))) return true;
    }
    return false;
  }
}
