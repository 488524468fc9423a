import { loadPatterns } from './detectors/pattern-data.js';
import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { matches } from './detectors/detection.js';
import { contextWindow, normalizeText } from './detectors/normalized-text.js';

const patterns = loadPatterns(new URL('./harmful-detail.json', import.meta.url));
const WEIGHED_THINGS = patterns.regExp('weighedThings');

export const HARM_KINDS = ['dose', 'method', 'body-number'] as const;
export type HarmKind = (typeof HARM_KINDS)[number];

export interface HarmfulDetail {
  readonly kind: HarmKind;
  readonly span: readonly [number, number];
}

const AMOUNT = patterns.regExp('amount');
const MEDICINE = patterns.regExp('medicine');
const TAKING = /\b(?:take|taking|on|been on|up to|down to|put me on|started|stopped)\b/;
const ALWAYS = /^(?:mg|mgs|mcg|milligrams?|micrograms?)$/;
const COUNTED = /^(?:tablets?|tabs?|pills?|capsules?|doses|blisters?)$/;
const NOURISHMENT = patterns.regExp('nourishment');

const WEIGHT = patterns.regExp('weight');
const ENERGY = patterns.regExp('energy');
const INDEX = /\bbmi\b[^.!?\n\d]{0,20}\d{1,2}(?:\.\d{1,2})?(?![\w.]*\d)/g;
const BODY = patterns.regExp('body');

const METHOD = patterns.regExp('method');

/**
 * Finds amounts, methods and numbers that can harm a reader, only by their shape: there is no list
 * of methods or means anywhere.
 * @param budget checked before each kind of detail
 * @throws OutOfTime
 */
export function findHarmfulDetail(text: string, budget: Budget = NO_LIMIT): HarmfulDetail[] {
  const { lower, at } = normalizeText(text);
  const details: HarmfulDetail[] = [];
  const put = (kind: HarmKind, from: number, to: number): void =>
    void details.push({ kind, span: [at[from] ?? 0, at[to] ?? text.length] });
  budget.check();
  for (const { from, to, match } of matches(AMOUNT, lower)) {
    const [, unit = ''] = match;
    const round = contextWindow(lower, from, to, 60);
    if (NOURISHMENT.test(round) && !/\b(?:overdos\w{0,4}|swallow\w{0,5})\b/.test(round)) continue;
    const rest = round.replace(match[0], ' ');
    if (
      ALWAYS.test(unit) ||
      (COUNTED.test(unit) && (MEDICINE.test(rest) || TAKING.test(rest))) ||
      MEDICINE.test(rest)
    )
      put('dose', from, to);
  }
  budget.check();
  for (const pattern of [ENERGY, INDEX])
    for (const { from, to } of matches(pattern, lower)) put('body-number', from, to);
  for (const { from, to, said } of matches(WEIGHT, lower))
    if (
      BODY.test(contextWindow(lower, from, to, 60).replace(said, ' ')) &&
      !WEIGHED_THINGS.test(contextWindow(lower, from, to, 60))
    )
      put('body-number', from, to);
  budget.check();
  for (const { from, to } of matches(METHOD, lower)) put('method', from, to);
  details.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  return details.filter(
    ({ span }, n) => !details.slice(Math.max(0, n - 3), n).some((other) => other.span[1] > span[0]),
  );
}
