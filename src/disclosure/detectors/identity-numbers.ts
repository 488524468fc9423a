import { after, around, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail, type DetailKind } from './detection.js';
import { isPublicNumber } from './public-numbers.js';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DATE = String.raw`(?:\d{1,2}\s{0,2}[/.\-]\s{0,2}\d{1,2}\s{0,2}[/.\-]\s{0,2}(?:19|20)?\d{2}|(?:19|20)\d\d-\d{1,2}-\d{1,2}|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH},? (?:19|20)?\d{2}|${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2})`;
const BIRTH = new RegExp(
  String.raw`\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|birthday|b-day|bday|born|geboren|geburtsdatum|nacid[oa]|nee? le)\b[^.!?\n]{0,30}?(?<!\d)${DATE}(?!\d)`,
  'g',
);

const INSURANCE =
  /(?<![a-z0-9])(?!bg|gb|nk|kn|tn|nt|zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?![a-z0-9])/g;
/** The shape of every example, which is nobody's unless the words say so. */
const INSURANCE_SHAPE =
  /(?<![a-z0-9])[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?![a-z0-9])/g;
const HEALTH = /(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])/g;
const SOCIAL = /(?<![\d-])(?!000|666|9)\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])/g;
const IBAN = /(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])/g;
const CARD = /(?<![\d.])(?:\d{4}[ -]?){3}\d{1,7}(?![\d.])/g;

/** A word that says what the figures are, and the figures. */
const LABELLED: readonly [DetailKind, string, RegExp][] = [
  [
    'number',
    'identity',
    /\b(?:nhs|ni|nino|national insurance|ssn|social(?: security)?|social insurance|sin|passport|driv(?:ing|er'?s?) licen[cs]e|licence|medicare|medicaid|tfn|tax file|pps|ppsn|aadhaar|aadhar|pan card|chi|hospital|patient|student|prisoner|inmate|staff|employee|payroll|member(?:ship)?|insurance policy|steuer-?id|sozialversicherungs\w{0,8}|dni|nie|nif)(?: (?:number|no|id|card|nr|num|#))?\.?(?: is| was|:| -|=|,| #){0,2}\s{0,2}(?:it'?s )?([a-z]{0,5}[ -]?[\d-][a-z0-9 -]{4,22}[a-z0-9])(?![a-z0-9])/g,
  ],
  [
    'bank',
    'account',
    /\b(?:sort code|sort-code|sc|account|acct|acc|a\/c|bank|bsb|routing|iban|bic|card|debit|credit|konto)(?: (?:number|no|num|nr|details|code))?\.?(?: are| is|:| -|=|,| #){0,2}\s{0,2}(?:it'?s )?((?:\d[\d -]{4,24}\d))(?![a-z0-9])/g,
  ],
];
const PLATE_TALK =
  /\b(?:(?:number|licen[cs]e|registration|vanity) ?plates?|plates?|reg(?:istration)?(?: number| no| plate)?|vrm|rego|kennzeichen)\b/;
const CAR =
  /\b(?:car|van|drives?|driving|drove|bmw|audi|ford|fiesta|focus|corsa|vauxhall|golf|vw|volkswagen|toyota|honda|nissan|mercedes|astra|clio|lorry|truck|motorbike|taxi|vehicle|polo|mini|kia|skoda|tesla|volvo|jeep|range rover)\b/;
const UK_PLATE = /(?<![a-z0-9])[a-z]{2}\d{2}[ -]?[a-z]{3}(?![a-z0-9])/g;
const ANY_PLATE =
  /(?<![a-z0-9])(?=[a-z0-9 -]{0,9}\d)(?:[a-z]{1,3}[ -]?\d{1,4}[ -]?[a-z]{0,3}|\d{1,4}[ -]?[a-z]{2,3}[ -]?\d{0,4}|[a-z]{1,3}[ -][a-z]{1,2}[ -]?\d{1,4})(?![a-z0-9])/g;

/** Birth dates, numbers of papers, bank details and number plates. */
export function identityNumbers(flat: NormalizedText): Detail[] {
  const { lower } = flat;
  const details: Detail[] = [];
  const put = (kind: DetailKind, from: number, to: number, why: string): void => {
    details.push({ kind, span: [from, to], why, of: ownerOf(before(flat.text, from, 45)) });
  };
  for (const { from, to } of matches(BIRTH, lower)) put('birth', from, to, 'birth');
  for (const { from, to } of matches(INSURANCE, lower)) put('number', from, to, 'insurance');
  for (const { from, to } of matches(INSURANCE_SHAPE, lower))
    if (
      /\b(?:national insurance|n\.?i\.?(?: (?:number|no))?|nino)\b/.test(
        around(lower, from, to, 50),
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
        !/\b(?:at|in|on|by|to|for|of|the|my|a|it|is|was|and|am|pm|or|so|we|he|no|mg|ml|km|mph)\b/.test(
          said,
        )
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
