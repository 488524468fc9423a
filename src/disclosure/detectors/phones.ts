import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isValidSomewhere } from './phone-metadata.js';
import { isPublicNumber } from './public-numbers.js';

const RUN = /(?<![\p{L}\d.,/#-])\+?[ ]?\(?\+?\d(?:[ .\-/()*_~|]{0,3}\d){6,33}(?![\p{L}\d])/gu;
/** Letters in the place of digits: O for 0, l and I for 1. */
const LOOKALIKE = /(?<![A-Za-z])[\dOoIl]{2,12}(?![A-Za-z])/g;

const NOT_A_PHONE =
  /\b(?:isbn|issn|doi|pmid|order|ref(?:erence)?|tracking|invoice|ticket|serial|model|version|parcel|barcode|booking|confirmation|receipt|item|part|sku|batch|lot|episode|page|chapter|build|code|licence key|license key|transaction|claim|policy|complaint|case|docket|trial|study|population|sort|account|acc|card|iban|id)\b[^.!?\n]{0,24}$/i;
const COUNTED =
  /^\s{0,2}(?:people|followers|views|steps|votes|members|users|seconds|metres|meters|km|miles|words|likes|subscribers|pounds|dollars|euros|%|mg|ml|kcal|calories)\b/i;
const TALK =
  /\b(?:call|calls|ring|phone|phones|text|txt|what'?s ?app|wa|mobile|mob|cell|tel|telephone|number|num|nr|no|reach|contact|signal|viber|message|msg|digits|imessage|facetime|sms|landline|handy|nummer|telefon|handynummer|telefono|movil|numero|portable|appelle|llama|ruf|dial|voicemail|telegram)\b/i;
const STRONG =
  /(?:\b(?:number|mobile|mob|cell|tel|telephone|phone|landline|digits|whats ?app|signal|viber)(?: (?:number|no|is|on|at|me|her|him|them|us)){0,3}(?:'s|\.)?|\b(?:call|ring|text|txt|phone|reach|contact|message|msg|dial|whatsapp|get) (?:me|him|her|them|us)(?: (?:on|at|any ?time|back|here)){0,2})\s{0,2}[:\-=]?\s{0,2}$/i;

/** Phone numbers in figures, however they are spaced. */
export function phones(flat: NormalizedText): Detail[] {
  const straight = [...found(flat, flat.text)];
  const looks = flat.text.replace(LOOKALIKE, (token) =>
    /\d/.test(token) ? token.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : token,
  );
  return looks === flat.text
    ? straight
    : [
        ...straight,
        ...[...found(flat, looks)].filter(
          ({ span: [from, to] }) => looks.slice(from, to) !== flat.text.slice(from, to),
        ),
      ];
}

function* found(flat: NormalizedText, text: string): Generator<Detail> {
  for (const { from, to, said } of matches(RUN, text)) {
    const lead = before(flat.text, from, 70);
    const tail = after(flat.text, to, 40);
    if (isPhone(said.trim(), lead, tail))
      yield { kind: 'phone', span: [from, to], why: 'figures', of: ownerOf(lead.slice(-45)) };
  }
}

/**
 * Whether written figures are somebody's number. @param lead the words before @param tail the words
 * after
 */
export function isPhone(said: string, lead: string, tail: string): boolean {
  const groups = said.split(/\D+/).filter((group) => group !== '');
  const digits = groups.join('');
  if (
    isPublicNumber(groups) ||
    isDate(said) ||
    counts(groups, digits, lead) ||
    /^(\d)\1+$/.test(digits) ||
    COUNTED.test(tail)
  )
    return false;
  if (digits.length > 15) return groups.length > 2 && startsWithPhone(groups, lead);
  const strong = STRONG.test(lead);
  if (
    NOT_A_PHONE.test(lead) &&
    !/\b(?:phone|mobile|mob|cell|call|text|ring|whats ?app)\b/i.test(lead)
  )
    return false;
  if (/[£$€]\s?$/.test(lead)) return false;
  if (/^\+|^\(\+/.test(said)) return digits.length >= 8;
  if (/^\d+\.\d+$/.test(said) || groups.every((group, n) => n === 0 || group === '000'))
    return (
      digits.length >= 10 &&
      groups.length === 1 &&
      standsAlone(digits, strong || TALK.test(lead) || TALK.test(tail))
    );
  const talk = strong || TALK.test(lead) || TALK.test(tail);
  if (digits.startsWith('00')) return digits.length >= 11;
  if (groups.every((group) => group.length === 1))
    return digits.length >= 9 && (digits.startsWith('0') || talk);
  if (groups.every((group) => group.length <= 2))
    return (
      (groups.length === 5 && digits.startsWith('0') && digits.length === 10) ||
      (talk && digits.length >= 9)
    );
  if (
    /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits) &&
    /(?:^|1)?3?,?3,3,4$|^1,3,3,4$/.test(groups.map((group) => group.length).join())
  )
    return true;
  if (/^(?:1,)?3,3,4$/.test(groups.map((group) => group.length).join()) && talk) return true;
  if (groups.length === 1) return standsAlone(digits, talk);
  if (digits.startsWith('0') && digits.length >= 9 && digits.length <= 12)
    return groups.length <= 6;
  return (
    (talk &&
      (digits.length >= 9
        ? isValidSomewhere(digits) || strong
        : strong || /^\d{3}-\d{4}$/.test(said))) ||
    /^[6-9]\d{4}[ -]\d{5}$/.test(said)
  );
}

function standsAlone(digits: string, talk: boolean): boolean {
  if (digits.startsWith('0')) return digits.length >= 10 && digits.length <= 12;
  if (digits.length === 10 && /^[2-9]\d{2}[2-9]/.test(digits))
    return talk || isValidSomewhere(digits);
  return talk && digits.length >= 7 && digits.length <= 13;
}

// Two numbers side by side.
function startsWithPhone(groups: readonly string[], lead: string): boolean {
  let digits = '';
  return groups.some((group) => {
    digits += group;
    return (
      digits.length >= 10 &&
      digits.length <= 11 &&
      digits.startsWith('0') &&
      isPhone(digits, lead, '')
    );
  });
}

function isDate(said: string): boolean {
  return (
    /^(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)(?!\d)/.test(
      said,
    ) || /^(?:(?:19|20)\d\d[ \-/]{1,3}){1,8}(?:19|20)?\d\d$/.test(said)
  );
}

// A number that runs up or down is a number all the same where it is written and offered as one.
function counts(groups: readonly string[], digits: string, lead: string): boolean {
  if (!isCounting(digits)) return false;
  return (
    groups.every((group) => group.length <= 2) ||
    !(
      STRONG.test(lead) ||
      TALK.test(lead) ||
      (groups.length > 1 && digits.startsWith('0')) ||
      /^5,5$/.test(groups.map((group) => group.length).join())
    )
  );
}

/** One after the other: somebody counts. */
export function isCounting(digits: string): boolean {
  if (/^0?123456789(?:10?)?|^10?987654321|^1234567/.test(digits)) return true;
  let steps = 0;
  for (let n = 1; n < digits.length; n += 1)
    if (Math.abs(Number(digits[n]) - Number(digits[n - 1])) === 1) steps += 1;
  return steps === digits.length - 1;
}
