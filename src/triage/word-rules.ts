import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import type { Signal, Tier } from './risk.js';

/**
 * A word rule of a community or of the site. Patterns are plain words; within a word `*` matches
 * any letters and `?` one. Regular expressions are not supported, so that no pattern can cause more
 * than linear matching time.
 */
export interface WordRule {
  readonly id: string;
  readonly pattern: string;
  readonly action: 'suggest-note' | 'hold' | 'flag' | 'raise';
  readonly note: string | null;
  readonly tier: Tier | null;
  readonly why: string;
  /** Shown to the author if the rule holds a post; empty keeps the rule secret. */
  readonly toWriter: string;
  /** A rule of the whole site. */
  readonly everywhere?: boolean;
}

export interface WordMatch {
  readonly rule: WordRule;
  readonly span: readonly [from: number, to: number];
}

interface Word {
  text: string;
  from: number;
  to: number;
}

const WORD = /[\p{L}\p{N}*?]+(?:['’][\p{L}\p{N}*?]+)*/gu;
const MOST_WORDS_IN_A_PATTERN = 12;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: normalised(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function normalised(word: string): string {
  return word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}

/** The words of a pattern; null if it has none, or only wildcards that would match everything. */
export function readPattern(pattern: string): string[] | null {
  const words = wordsOf(pattern).map(({ text }) => text.replace(/\*+/g, '*'));
  const says = words.some((word) => word.replace(/[*?]/g, '').length >= 2);
  return says && words.length <= MOST_WORDS_IN_A_PATTERN ? words : null;
}

/**
 * Matches each rule once, at its first position.
 * @param budget checked before each rule
 * @throws OutOfTime
 */
export function matchRules(
  text: string,
  rules: readonly WordRule[],
  budget: Budget = NO_LIMIT,
): WordMatch[] {
  if (rules.length === 0) return [];
  const words = wordsOf(text);
  return rules.flatMap((rule) => {
    budget.check();
    const pattern = readPattern(rule.pattern);
    const span = pattern === null ? null : firstSpan(words, pattern);
    return span === null ? [] : [{ rule, span }];
  });
}

function firstSpan(words: readonly Word[], pattern: readonly string[]): WordMatch['span'] | null {
  for (let at = 0; at + pattern.length <= words.length; at += 1) {
    if (pattern.every((part, n) => matches(words[at + n]?.text ?? '', part)))
      return [words[at]?.from ?? 0, words[at + pattern.length - 1]?.to ?? 0];
  }
  return null;
}

// Greedy wildcard matching with a single backtracking point: at most word length times pattern
// length steps.
function matches(word: string, pattern: string): boolean {
  let [w, p, star, mark] = [0, 0, -1, 0];
  while (w < word.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, w, p + 1];
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === word[w]))
      [w, p] = [w + 1, p + 1];
    else if (star >= 0) [p, mark, w] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** The match as shown to moderators beside the text. */
export function signalOf({ rule, span }: WordMatch): Signal {
  const why = rule.why === '' ? rule.pattern : rule.why;
  if (rule.action !== 'hold' || rule.toWriter === '') return { rule: 'word-rule', span, why };
  const told: Signal = { rule: 'word-rule', span, why, toWriter: rule.toWriter };
  return rule.everywhere === true ? { ...told, everywhere: true } : told;
}
