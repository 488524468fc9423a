import type { Tokens } from './token-list.js';

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
  /** By their first word, as most words begin none. */
  private readonly phrases = new Map<string, string[][]>();
  private readonly rules: ReadonlySet<string>;

  /** @param rules keys of those whose phrases name a danger as a whole */
  constructor(phrases: readonly string[], rules: readonly string[]) {
    for (const phrase of phrases) {
      const [first = '', ...rest] = phrase.split(' ');
      this.phrases.set(first, [...(this.phrases.get(first) ?? []), rest]);
    }
    this.rules = new Set(rules);
  }

  /** @param from first word, @param to one past the last; -1 if it has no position */
  names({ words }: Tokens, { rule, from, to }: Match): boolean {
    if (this.rules.has(rule)) return true;
    if (from < 0) return false;
    for (let at = from; at < to; at += 1) {
      const phrases = this.phrases.get(words[at]?.text ?? '') ?? [];
      for (const rest of phrases)
        if (at + rest.length < to && rest.every((word, n) => words[at + 1 + n]?.text === word))
          return true;
    }
    return false;
  }
}
