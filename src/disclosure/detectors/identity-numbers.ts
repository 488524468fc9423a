import { loadPatterns } from './pattern-data.js';
import { after, contextWindow, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail, type DetailKind } from './detection.js';
import { isPublicNumber } from './public-numbers.js';

const patterns = loadPatterns(new URL('./identity-numbers.json', import.meta.url));
const IDENTITY = patterns.regExp('identity');
const ACCOUNT = patterns.regExp('account');
const NOT_IN_PLATES = patterns.regExp('notInPlates');

const BIRTH = patterns.regExp('birth');

const INSURANCE = patterns.regExp('insurance');
/** The usual shape of examples, which counts only if the words say so. */
const INSURANCE_SHAPE =
  /(?<![a-z0-9])[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?![a-z0-9])/g;
const HEALTH = /(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])/g;
const SOCIAL = /(?<![\d-])(?!000|666|9)\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])/g;
const IBAN = patterns.regExp('iban');
const CARD = /(?<![\d.])(?:\d{4}[ -]?){3}\d{1,7}(?![\d.])/g;

/** A label followed by the digits. */
const LABELLED: readonly [DetailKind, string, RegExp][] = [
  ['number', 'identity', IDENTITY],
  ['bank', 'account', ACCOUNT],
];
const PLATE_TALK = patterns.regExp('plateTalk');
const CAR = patterns.regExp('car');
const UK_PLATE = /(?<![a-z0-9])[a-z]{2}\d{2}[ -]?[a-z]{3}(?![a-z0-9])/g;
const ANY_PLATE = patterns.regExp('anyPlate');

/** Finds dates of birth, document numbers, bank details and number plates. */
export function identityNumbers(flat: NormalizedText): Detail[] {
  const { lower } = flat;
  // Every number and plate has one, and so has a date.
  if (!flat.hasDigit) return [];
  const details: Detail[] = [];
  const put = (kind: DetailKind, from: number, to: number, why: string): void => {
    details.push({ kind, span: [from, to], why, of: ownerOf(before(flat.text, from, 45)) });
  };
  for (const { from, to } of matches(BIRTH, lower)) put('birth', from, to, 'birth');
  for (const { from, to } of matches(INSURANCE, lower)) put('number', from, to, 'insurance');
  for (const { from, to } of matches(INSURANCE_SHAPE, lower))
    if (
      /\b(?:national insurance|n\.?i\.?(?: (?:number|no))?|nino)\b/.test(
        contextWindow(lower, from, to, 50),
      )
    )
      put('number', from, to, 'insurance');
  for (const { from, to } of matches(HEALTH, lower))
    if (
      /\bnhs(?: (?:number|no|num|id))?\b[^\d]{0,20}$/.test(before(lower, from, 30)) ||
      /^[^\d]{0,12}\bnhs (?:number|no|num|id)\b/.test(after(lower, to, 30))
    )
      put('number', from, to, 'health');
  for (const { from, to, said } of matches(SOCIAL, lower))
    if (!isPublicNumber(said.split(/[- ]/))) put('number', from, to, 'social');
  for (const { from, to, said } of matches(IBAN, lower))
    if ((said.match(/\d/g)?.length ?? 0) >= 10) put('bank', from, to, 'iban');
  for (const { from, to, said } of matches(CARD, lower))
    if (
      luhn(said.replace(/\D/g, '')) ||
      /\b(?:card|visa|mastercard|debit|credit|amex)\b/.test(before(lower, from, 60))
    )
      put('bank', from, to, 'card');
  for (const [kind, why, pattern] of LABELLED) {
    for (const { from, to, match } of matches(pattern, lower)) {
      const digits = (match[1] ?? '').replace(/\D/g, '').length;
      if (
        digits >= 5 &&
        !isPublicNumber((match[1] ?? '').split(/\D+/).filter((group) => group !== '')) &&
        !/^(?:19|20)\d\d\b/.test(match[1] ?? '')
      )
        put(kind, from, to, why);
    }
  }
  for (const [pattern, talk] of [
    [UK_PLATE, CAR],
    [ANY_PLATE, PLATE_TALK],
  ] as const) {
    for (const { from, to, said } of matches(pattern, lower)) {
      const round = `${before(lower, from, 60)} ${after(lower, to, 30)}`;
      const strong = PLATE_TALK.test(round);
      if (
        (strong || (talk === CAR && CAR.test(round))) &&
        /[a-z]/.test(said) &&
        said.replace(/[^a-z0-9]/g, '').length >= (strong && talk === PLATE_TALK ? 5 : 7) &&
        !NOT_IN_PLATES.test(said)
      )
        put('plate', from, to, 'plate');
    }
  }
  return details;
}

function luhn(digits: string): boolean {
  if (digits.length < 15 || digits.length > 19 || /^0/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, n) => {
      const value = Number(digit) * (n % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
