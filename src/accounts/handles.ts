import { randomInt } from 'node:crypto';
import { isFirst } from '../disclosure/detectors/person-names.js';

export const HANDLE = /^[a-zA-Z][a-zA-Z0-9-]{2,23}$/;

const FIRST = [
  'quiet',
  'early',
  'paper',
  'mossy',
  'copper',
  'gentle',
  'rainy',
  'slow',
  'north',
  'amber',
  'small',
  'steady',
  'woolly',
  'sunday',
  'winter',
  'velvet',
  'pebble',
  'cloudy',
  'river',
  'hazel',
];
const SECOND = [
  'heron',
  'kettle',
  'harbour',
  'lantern',
  'otter',
  'teapot',
  'meadow',
  'swift',
  'button',
  'badger',
  'ferry',
  'pocket',
  'wren',
  'blanket',
  'pier',
  'acorn',
  'puffin',
  'mitten',
  'rowan',
  'tide',
];

/**
 * Two plain words and a number, so that nobody has to start from a real name. With two digits there
 * are 40,000 of them.
 * @param pick returns an integer from 0 to below its argument
 */
export function suggestHandle(pick: (below: number) => number = randomInt, digits = 2): string {
  const words = `${FIRST[pick(FIRST.length)] ?? ''}-${SECOND[pick(SECOND.length)] ?? ''}`;
  return words + Array.from({ length: digits }, () => pick(10)).join('');
}

function plainLetters(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Reserved domains that belong to nobody (RFC 2606). */
const RESERVED_DOMAINS = /(^|\.)(example|example\.(com|net|org)|test|invalid|localhost)$/i;

/**
 * Whether a handle equals the local part of the address and so reveals it; such handles are
 * rejected. Addresses in reserved domains cannot exist, so they reveal nothing.
 */
export function revealsAddress(handle: string, email: string): boolean {
  const [front = '', domain = ''] = email.split('@');
  if (RESERVED_DOMAINS.test(domain)) return false;
  const local = plainLetters(front);
  return local.length >= 4 && plainLetters(handle) === local;
}

/** Names of common mail hosts, without the characters that a handle cannot contain. */
const MAIL_HOST = /(gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|gmx|protonmail)/i;
const OUR_WORDS = new Set([...FIRST, ...SECOND]);

/**
 * Splits `JaneSmith`, `jane-smith` and `jane-smith84` into words, without the number at the end.
 */
function wordsOf(handle: string): string[] {
  return handle
    .replace(/\d+$/, '')
    .split(/-|(?<=[a-z])(?=[A-Z])/)
    .filter((word) => word !== '');
}

/**
 * Whether a handle looks like a person's name, an address or a year of birth: the form warns, but
 * never rejects it. A first name alone identifies nobody.
 */
export function resemblesRealName(handle: string): boolean {
  if (/(19[3-9]\d|20[01]\d)$/.test(handle) || MAIL_HOST.test(handle)) return true;
  const words = wordsOf(handle);
  if (words.every((word) => OUR_WORDS.has(word))) return false;
  const capitals = words.length === 2 && words.every((word) => /^[A-Z][a-z]+$/.test(word));
  return capitals || (words.length > 1 && isFirst(words[0] ?? ''));
}
