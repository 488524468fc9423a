import type { Case } from './evaluation.js';
import { readSentence } from './reading.js';
import { TIERS } from './risk.js';
import { loadRules } from './rules.js';
import { tokenise } from './tokens.js';
import { eachFeature, type Wording } from './wording.js';

const ROUNDS = 300;
const PACE = 0.05;
const LEAST = 2;
const SHARPNESS = 4;

/** Learns the weights of words from labelled lines: softmax regression, without chance, so that the same lines give the same weights. */
export function learn(cases: readonly Case[], restraint: number): Wording {
  const rules = loadRules();
  const rows = cases.map(({ text, label }) => {
    const tokens = tokenise(text, rules.spelling);
    const sentences = tokens.asks.map((_, number) => readSentence(rules, tokens, number));
    const found = new Set<string>();
    sentences.forEach((sentence, number) => eachFeature(tokens, sentence, number, (feature) => found.add(feature)));
    return { label: TIERS.indexOf(label), features: [...found] };
  });
  const counts = new Map<string, number>();
  for (const row of rows) for (const feature of row.features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const names = [...counts].filter(([, count]) => count >= LEAST).map(([feature]) => feature).sort();
  const places = new Map(names.map((name, at) => [name, at]));
  const inputs = rows.map((row) => row.features.flatMap((feature) => places.get(feature) ?? []));
  const size = (names.length + 1) * TIERS.length;
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  const biasAt = names.length * TIERS.length;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const slope = new Float64Array(size);
    inputs.forEach((input, n) => {
      const each = SHARPNESS / Math.max(1, Math.sqrt(input.length));
      const sums = TIERS.map((_, tier) => input.reduce((sum, at) => sum + each * (weights[at * TIERS.length + tier] ?? 0), weights[biasAt + tier] ?? 0));
      const most = Math.max(...sums);
      const powers = sums.map((sum) => Math.exp(sum - most));
      const whole = powers.reduce((a, b) => a + b, 0);
      powers.forEach((power, tier) => {
        const off = (power / whole - (rows[n]?.label === tier ? 1 : 0)) / rows.length;
        for (const at of input) slope[at * TIERS.length + tier] = (slope[at * TIERS.length + tier] ?? 0) + each * off;
        slope[biasAt + tier] = (slope[biasAt + tier] ?? 0) + off;
      });
    });
    for (let at = 0; at < size; at += 1) {
      const down = (slope[at] ?? 0) + (restraint * (weights[at] ?? 0)) / rows.length;
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * down;
      spread[at] = 0.999 * (spread[at] ?? 0) + 0.001 * down * down;
      weights[at] = (weights[at] ?? 0) - (PACE * ((mean[at] ?? 0) / (1 - 0.9 ** round))) / (Math.sqrt((spread[at] ?? 0) / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  const against = (at: number): number[] => [1, 2, 3].map((tier) => (weights[at + tier] ?? 0) - (weights[at] ?? 0));
  return { bias: against(biasAt), weights: Object.fromEntries(names.map((name, at) => [name, against(at * TIERS.length)])) };
}
