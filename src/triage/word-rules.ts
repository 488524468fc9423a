import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import type { Signal, Tier } from './risk.js';

/**
 * A rule of a community or of the site. Its pattern is plain words; within a word `*` stands for
 * any letters and `?` for one. There are no regular expressions: whatever a moderator types is
 * matched in time that grows with the text and no faster.
 */
export interface WordRule {
  readonly id: string;
  readonly pattern: string;
  readonly action: 'suggest-note' | 'hold' | 'flag' | 'raise';
  readonly note: string | null;
  readonly tier: Tier | null;
  readonly why: string;
  /** What a writer is told where the rule holds a post; empty for a rule that stays secret. */
  readonly toWriter: string;
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
    text: plain(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function plain(word: string): string {
  return word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}

/**
 * The words of a pattern; null where it holds none, or nothing but stars that would match
 * everything.
 */
export function readPattern(pattern: string): string[] | null {
  const words = wordsOf(pattern).map(({ text }) => text.replace(/\*+/g, '*'));
  const says = words.some((word) => word.replace(/[*?]/g, '').length >= 2);
  return says && words.length <= MOST_WORDS_IN_A_PATTERN ? words : null;
}

/**
 * Each rule once, at the first place where it matches.
 * @param budget asked before each rule
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

// Greedy with one point to come back to: never more steps than letters of the word times letters of
// the pattern.
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

/** As a moderator sees it beside the words. */
export function signalOf({ rule, span }: WordMatch): Signal {
  const why = rule.why === '' ? rule.pattern : rule.why;
  return rule.action === 'hold' && rule.toWriter !== ''
    ? { rule: 'word-rule', span, why, toWriter: rule.toWriter }
    : { rule: 'word-rule', span, why };
}
