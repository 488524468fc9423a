import { loadPatterns } from './pattern-data.js';
import { after, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { isValidSomewhere } from './phone-metadata.js';
import { isPublicNumber } from './public-numbers.js';

const patterns = loadPatterns(new URL('./phones.json', import.meta.url));
const WRITTEN_DATE = patterns.regExp('writtenDate');

const RUN = patterns.regExp('run');
/** Letters used as digits: O for 0, l and I for 1. */
const LOOKALIKE = /(?<![A-Za-z])[\dOoIl]{2,12}(?![A-Za-z])/g;

const NOT_A_PHONE = patterns.regExp('notAPhone');
const COUNTED = patterns.regExp('counted');
const TALK = patterns.regExp('talk');
const STRONG = patterns.regExp('strong');

/** Finds phone numbers in digits, however they are spaced. */
export function phones(flat: NormalizedText): Detail[] {
  if (!flat.hasDigit) return [];
  const plain = [...candidates(flat, flat.text)];
  const normalised = flat.text.replace(LOOKALIKE, (token) =>
    /\d/.test(token) ? token.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : token,
  );
  return normalised === flat.text
    ? plain
    : [
        ...plain,
        ...[...candidates(flat, normalised)].filter(
          ({ span: [from, to] }) => normalised.slice(from, to) !== flat.text.slice(from, to),
        ),
      ];
}

function* candidates(flat: NormalizedText, text: string): Generator<Detail> {
  for (const { from, to, said } of matches(RUN, text)) {
    const lead = before(flat.text, from, 70);
    const tail = after(flat.text, to, 40);
    if (isPhone(said.trim(), lead, tail))
      yield { kind: 'phone', span: [from, to], why: 'figures', of: ownerOf(lead.slice(-45)) };
  }
}

/**
 * Whether digits in a text are somebody's phone number.
 * @param lead the words before
 * @param tail the words after
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

// Handles two adjacent numbers.
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
  return WRITTEN_DATE.test(said) || /^(?:(?:19|20)\d\d[ \-/]{1,3}){1,8}(?:19|20)?\d\d$/.test(said);
}

// An ascending or descending number still counts if it is formatted and offered as a phone number.
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

/** Whether the digits are consecutive, as in counting. */
export function isCounting(digits: string): boolean {
  if (/^0?123456789(?:10?)?|^10?987654321|^1234567/.test(digits)) return true;
  let steps = 0;
  for (let n = 1; n < digits.length; n += 1)
    if (Math.abs(Number(digits[n]) - Number(digits[n - 1])) === 1) steps += 1;
  return steps === digits.length - 1;
}
