import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sentence } from './reading.js';
import type { Tier } from './risk.js';
import type { Tokens } from './tokens.js';
import type { Weighed } from './weighing.js';

/** What words of a post say beside the phrases: a weight for each word and pair, for watch, urgent and crisis against none; learnt from the labelled lines. */
export interface Wording {
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Three sentences are read together: more would thin out the one that matters. */
export const WINDOW = 3;
const ENDINGS = ['ing', 'ed', 'es', 's', 'ly'];
/** Sentences of an ordinary day need more words to weigh. */
const LIGHT = ['light', 'joke', 'safe', 'clinical', 'media'];
const TOLD: readonly Tier[] = ['none', 'watch', 'urgent', 'crisis'];
const SHARPNESS = 4;
const SHOWN = 3;
const WHY = { watch: 'worded like posts that were hard for their author', urgent: 'worded like posts that had to be read soon', crisis: 'worded like posts that had to be read at once' } as const;

const FILE = fileURLToPath(new URL('./rules/wording.json', import.meta.url));

export type Weights = ReadonlyMap<string, readonly number[]>;

export function loadWording(): { bias: readonly number[]; weights: Weights } {
  const { bias, weights } = JSON.parse(readFileSync(FILE, 'utf8')) as { bias: number[]; weights: Record<string, string> };
  return { bias, weights: new Map(Object.entries(weights).map(([feature, list]) => [feature, list.split(' ').map((each) => Number(each) / 100)])) };
}

export function stem(word: string): string {
  for (const ending of ENDINGS) if (word.length - ending.length >= 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  return word;
}

/** Words, pairs and marks of a sentence, each with the word where it stands; -1 where it stands nowhere. */
export function eachFeature(tokens: Tokens, sentence: Sentence, number: number, take: (feature: string, at: number) => void): void {
  const to = tokens.starts[number + 1] ?? 0;
  let before = '^';
  for (let at = tokens.starts[number] ?? 0; at < to; at += 1) {
    const word = stem(tokens.words[at] ?? '');
    take(word, at);
    take(`${before} ${word}`, at);
    before = word;
  }
  take(`${before} $`, to - 1);
  if (tokens.asks[number] === true) take('?', -1);
  for (const mark of sentence.marks) take(`@${mark}`, -1);
}

interface Known {
  readonly feature: string;
  readonly weights: readonly number[];
  readonly at: number;
}

/** How likely each tier is, by the words alone. */
function likely(bias: readonly number[], known: readonly Known[]): [none: number, watch: number, urgent: number, crisis: number] {
  const each = SHARPNESS / Math.max(1, Math.sqrt(known.length));
  const power = (tier: number): number => {
    let sum = 0;
    for (const { weights } of known) sum += weights[tier] ?? 0;
    return Math.exp((bias[tier] ?? 0) + each * sum);
  };
  const [watch, urgent, crisis] = [power(0), power(1), power(2)];
  const whole = 1 + watch + urgent + crisis;
  return [1 / whole, watch / whole, urgent / whole, crisis / whole];
}

/** Above `high` a window is urgent or crisis; where `none` is less likely than `watch`, it is watch. Where a rule saw what was said and found it denied, past, played or a figure of speech, the words have to say much more. */
const THRESHOLDS = { plain: { high: 0.64, watch: 0.38 }, masked: { high: 0.82, watch: 0.25 }, eased: { high: 0.9, watch: 0 } } as const;

/** What the words of a window say: nothing, or the words that say most. */
function told(bias: readonly number[], known: readonly Known[], { high, watch }: { high: number; watch: number }): Weighed[] {
  const [none, , urgent, crisis] = likely(bias, known);
  const tier: Tier = urgent + crisis > high ? (crisis > urgent ? 'crisis' : 'urgent') : none < watch ? 'watch' : 'none';
  if (tier === 'none') return [];
  const column = TOLD.indexOf(tier) - 1;
  return known
    .filter(({ at, weights }) => at >= 0 && (weights[column] ?? 0) > 0)
    .sort((a, b) => (b.weights[column] ?? 0) - (a.weights[column] ?? 0))
    .slice(0, SHOWN)
    .map(({ feature, at }) => ({ tier, rule: `wording.${tier}`, why: WHY[tier], from: feature.includes(' ') && !feature.startsWith('^') && !feature.endsWith('$') ? at - 1 : at, to: at + 1 }));
}

/** Reads the text a window at a time. */
export function weighWording({ bias, weights }: { bias: readonly number[]; weights: Weights }, tokens: Tokens, sentences: readonly Sentence[], eased: ReadonlySet<number>): Weighed[] {
  const known = sentences.map((sentence, number) => {
    const list: Known[] = [];
    // What a rule has heard and found not meant is not counted again.
    if (eased.has(number)) return list;
    eachFeature(tokens, sentence, number, (feature, at) => {
      const found = weights.get(feature);
      if (found !== undefined) list.push({ feature, weights: found, at });
    });
    return list;
  });
  const weighed: Weighed[] = [];
  const count = sentences.length;
  for (let first = 0; first < count; first += 1) {
    if (first > 0 && first > count - WINDOW) break;
    const seen = new Set<readonly number[]>();
    const window: Known[] = [];
    let thresholds: { high: number; watch: number } = THRESHOLDS.plain;
    for (let number = first; number < Math.min(count, first + WINDOW); number += 1) {
      for (const each of known[number] ?? []) {
        if (!seen.has(each.weights)) window.push(each);
        seen.add(each.weights);
      }
      if (eased.has(number)) thresholds = THRESHOLDS.eased;
      else if ((sentences[number]?.masked === true || LIGHT.some((mark) => sentences[number]?.marks.has(mark))) && thresholds === THRESHOLDS.plain) thresholds = THRESHOLDS.masked;
    }
    weighed.push(...told(bias, window, thresholds));
  }
  return weighed;
}
