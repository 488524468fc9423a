import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { around, normalizeText } from './detectors/normalized-text.js';

export const HARM_KINDS = ['dose', 'method', 'body-number'] as const;
export type HarmKind = (typeof HARM_KINDS)[number];

export interface HarmfulDetail {
  readonly kind: HarmKind;
  readonly span: readonly [number, number];
}

const NUMBER = String.raw`(?:\d{1,4}(?:[.,]\d{1,3})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|a hundred|hundreds? of|a dozen|dozens of|half a|a whole|a full)`;
const AMOUNT = new RegExp(
  String.raw`(?<![\w.,£$€])${NUMBER}(?:\s?(?:x|-|to|or)\s?\d{1,4})?\s?(?:of (?:my|the|them|his|her) |more |whole |full )?(?:[a-z]{4,16} )?(mg|mgs|mcg|milligrams?|micrograms?|ml|mls|millilitres?|grams?|g|units?|tablets?|tabs?|pills?|capsules?|packets?|packs?|blisters?|strips?|bottles?|boxes|doses)(?![\w])`,
  'g',
);
const MEDICINE =
  /\b(?:took|taken|swallow\w{0,5}|doses?|dosage|overdos\w{0,4}|od|o\.d|medications?|meds|medicines?|tablets?|pills?|capsules?|prescri\w{0,6}|antidepressants?|painkillers?|insulin|sedatives?|sleeping|drugs?|washed down|[a-z]{3,14}(?:azepam|azolam|etine|aline|apine|idone|ipram|amol|profen|codone|codeine|opram|azine|triptyline|lithium|lafaxine|zopiclone|pidem|gabalin|pentin|statin|cillin))\b/;
const TAKING = /\b(?:take|taking|on|been on|up to|down to|put me on|started|stopped)\b/;
const ALWAYS = /^(?:mg|mgs|mcg|milligrams?|micrograms?)$/;
const COUNTED = /^(?:tablets?|tabs?|pills?|capsules?|doses|blisters?)$/;
const NOURISHMENT =
  /\b(?:coffee|caffeine|tea|water|milk|juice|sugar|flour|salt|protein|vitamin|zinc|iron|magnesium|recipe|butter|pasta|rice)\b/;

const WEIGHT =
  /(?<![\w.,£$€:/])\d{1,3}(?:[.,]\d)?\s?(?:kgs?|kilos?|kilograms?|lbs?|pounds?|stones?|st)(?:\s?\d{1,2}\s?(?:lbs?|pounds?)?)?(?![\w/])/g;
const ENERGY =
  /(?<![\w.,£$€:/])\d{1,2},?\d{2,3}(?:\s?(?:-|to)\s?\d{2,4})?\s?(?:kcals?|calories|cals?|kj)(?![\w])/g;
const INDEX = /\bbmi\b[^.!?\n\d]{0,20}\d{1,2}(?:\.\d{1,2})?(?![\w.]*\d)/g;
const BODY =
  /\b(?:weigh\w{0,4}|lost|lose|losing|gain\w{0,3}|eat\w{0,3}|ate|food|diet\w{0,3}|body|bmi|restrict\w{0,4}|goal|target|ugw|gw|cw|scales?|thin\w{0,3}|fat|skinny|size|under|underweight|overweight|binge\w{0,2}|purge\w{0,2}|fast(?:ed|ing)|meals?|calories|lighter|heavier|dropped|put on)\b/;

/** Nothing here names a way: what is asked for, or praised as one, is enough. */
const METHOD =
  /\b(?:(?:most )?(?:painless|quick(?:est)?|fast(?:est)?|easy|easiest|sure|surest|effective|reliable|foolproof|clean(?:est)?|best|least painful|peaceful)(?:,? (?:and )?\w{3,10})? (?:way|ways|method|methods|means)(?: for me| there is)? (?:to|of|for) (?:die|dying|kill\w{0,3}|suicide|end(?:ing)? (?:it|my life|your life|things|everything)|self[- ]?harm\w{0,3}|hurt\w{0,3} (?:my|your)self|cut\w{0,4}|purg\w{0,3}|starv\w{0,3}|make yourself sick|throw up)|how (?:many|much|long|deep|high|far|strong)\b[^.!?\n]{0,50}\b(?:to|would|will|it takes|does it take|do i|do you|need)\b[^.!?\n]{0,30}\b(?:die|kill|overdose|od|lethal|fatal|be enough|end it|stop my heart|pass out for good|bleed out)|(?:lethal|fatal|deadly) (?:dose|amount|level|height|limit)s?|how to (?:kill (?:my|your)self|end (?:my|your) life|overdose|purge|hide (?:it|cuts|scars|that (?:i|you)(?:'m| are)? (?:not eating|purging|cutting))|starve))\b/g;

/**
 * Amounts, ways and numbers that can hurt a reader. By their shape alone: no list of ways or of
 * means stands anywhere.
 * @param budget asked before each kind of detail
 * @throws OutOfTime
 */
export function findHarmfulDetail(text: string, budget: Budget = NO_LIMIT): HarmfulDetail[] {
  const { lower, at } = normalizeText(text);
  const found: HarmfulDetail[] = [];
  const put = (kind: HarmKind, from: number, to: number): void =>
    void found.push({ kind, span: [at[from] ?? 0, at[to] ?? text.length] });
  budget.check();
  for (const match of lower.matchAll(AMOUNT)) {
    const [from, to, unit = ''] = [match.index, match.index + match[0].length, match[1]];
    const round = around(lower, from, to, 60);
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
    for (const match of lower.matchAll(pattern))
      put('body-number', match.index, match.index + match[0].length);
  for (const match of lower.matchAll(WEIGHT)) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (
      BODY.test(around(lower, from, to, 60).replace(match[0], ' ')) &&
      !/\b(?:dog|cat|puppy|kettlebell|dumbbell|suitcase|parcel|baby|newborn|price|cost|paid|spent)\b/.test(
        around(lower, from, to, 60),
      )
    )
      put('body-number', from, to);
  }
  budget.check();
  for (const match of lower.matchAll(METHOD))
    put('method', match.index, match.index + match[0].length);
  found.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  return found.filter(
    ({ span }, n) => !found.slice(Math.max(0, n - 3), n).some((other) => other.span[1] > span[0]),
  );
}
