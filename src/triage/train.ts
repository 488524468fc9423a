import type { Case } from './evaluate.js';
import { analyseSentence } from './sentence-analysis.js';
import { TIERS } from './risk.js';
import { loadRules } from './rules.js';
import { tokenize } from './tokenize.js';
import { scoreSentences } from './severity.js';
import { eachFeature, FEW_WORDS, hitFeatures, SHARPNESS, type Weights } from './classifier.js';

const ROUNDS = 10;
const PACE = 0.15;
const RESTRAINT = 2e-4;
/** A feature that says less than this of any tier is left out of the file. */
const LEAST = 0.2;

interface Example {
  readonly tier: number;
  readonly features: readonly string[];
}

/**
 * Each line twice: with what the rules say of it and without, so that neither is leant on alone.
 */
function examplesOf(cases: readonly Case[]): Example[] {
  const rules = loadRules();
  return cases.flatMap(({ text, label }) => {
    const tokens = tokenize(text, rules.spelling);
    const sentences = tokens.asks.map((_, number) => analyseSentence(rules, tokens, number));
    const found = new Set<string>();
    sentences.forEach((sentence, number) =>
      eachFeature(tokens, sentence, number, (feature) => found.add(feature)),
    );
    const { weighed } = scoreSentences(rules, sentences, {});
    for (const heard of hitFeatures(tokens, weighed, sentences.length))
      for (const feature of heard) found.add(feature);
    const tier = TIERS.indexOf(label);
    return [
      { tier, features: [...found] },
      { tier, features: [...found].filter((feature) => !feature.startsWith('#')) },
    ];
  });
}

// The same order in every run: the same lines give the same weights.
function shuffled(count: number, round: number): number[] {
  let seed = 7 + round;
  const next = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff);
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = next() % (at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

/**
 * Learns what words say from labelled lines: softmax regression over words weighted by their
 * rarity, with a pace of its own for each (Adagrad).
 */
export function trainClassifier(cases: readonly Case[]): {
  bias: number[];
  weights: Record<string, Weights>;
} {
  const examples = examplesOf(cases);
  const counts = new Map<string, number>();
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const names = [...counts.keys()].sort();
  const places = new Map(names.map((name, at) => [name, at]));
  const rarity = names.map((name) => Math.log(1 + examples.length / (counts.get(name) ?? 1)));
  const inputs = examples.map(({ features }) => {
    const at = features.map((feature) => places.get(feature) ?? 0);
    const length = Math.sqrt(
      Math.max(
        FEW_WORDS,
        at.reduce((sum, each) => sum + (rarity[each] ?? 0) ** 2, 0),
      ),
    );
    return at.map((each) => [each, ((rarity[each] ?? 0) / length) * SHARPNESS] as const);
  });
  const tiers = TIERS.length;
  const weights = new Float64Array(names.length * tiers);
  const spread = new Float64Array(names.length * tiers).fill(1e-8);
  const bias = new Float64Array(tiers);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const n of shuffled(examples.length, round)) {
      const input = inputs[n] ?? [];
      const sums = TIERS.map((_, tier) =>
        input.reduce(
          (sum, [at, value]) => sum + value * (weights[at * tiers + tier] ?? 0),
          bias[tier] ?? 0,
        ),
      );
      const most = Math.max(...sums);
      const powers = sums.map((sum) => Math.exp(sum - most));
      const whole = powers.reduce((a, b) => a + b, 0);
      powers.forEach((power, tier) => {
        const off = (power / whole - (examples[n]?.tier === tier ? 1 : 0)) / 2;
        for (const [at, value] of input) {
          const place = at * tiers + tier;
          const down = off * value + RESTRAINT * (weights[place] ?? 0);
          spread[place] = (spread[place] ?? 0) + down * down;
          weights[place] = (weights[place] ?? 0) - (PACE * down) / Math.sqrt(spread[place] ?? 1);
        }
        bias[tier] = (bias[tier] ?? 0) - 0.01 * off;
      });
    }
  }
  const against = (list: Float64Array, at: number): [number, number, number] =>
    [1, 2, 3].map((tier) => (list[at + tier] ?? 0) - (list[at] ?? 0)) as [number, number, number];
  const kept = names.flatMap((name, at) => {
    const own = against(weights, at * tiers);
    return own.some((each) => Math.abs(each) * (rarity[at] ?? 0) >= LEAST)
      ? [[name, [rarity[at] ?? 0, ...own]] as const]
      : [];
  });
  return { bias: against(bias, 0), weights: Object.fromEntries(kept) as Record<string, Weights> };
}
