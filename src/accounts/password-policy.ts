import { foldPassword, isCommonPassword } from './common-passwords.js';
import { MIN_PASSWORD_LENGTH } from './password.js';

/** Details of the account that others know or can easily guess. */
export interface PasswordContext {
  handle: string;
  email: string | null;
  /** Names of the site and of its host. */
  site: readonly string[];
}

/** Minimum number of characters after each sequence or known name is reduced to one. */
const MIN_REMAINING = 5;
/** Shorter names occur in many words by chance. */
const MIN_NAME_LENGTH = 3;
/** Keyboard rows and the alphabet: neighbours within a row form a sequence. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
];

/** +1 or -1 for neighbours, 0 for a repetition; null if the characters are unrelated. */
function step(from: string, to: string): number | null {
  if (from === to) return 0;
  if (ROWS.some((row) => row.includes(from + to))) return 1;
  return ROWS.some((row) => row.includes(to + from)) ? -1 : null;
}

/** The length after every sequence of three or more is reduced to its first two characters. */
function lengthWithoutRuns(text: string): number {
  const characters = Array.from(text);
  let left = 0;
  let before: number | null = null;
  characters.forEach((character, at) => {
    const now = at === 0 ? null : step(characters[at - 1] ?? '', character);
    if (now === null || now !== before) left += 1;
    before = now;
  });
  return left;
}

/** Whether a text repeats one substring: `abcabcabca`. */
function isRepeated(text: string): boolean {
  const characters = Array.from(text);
  for (let period = 1; period <= characters.length / 2; period += 1)
    if (characters.every((character, at) => character === characters[at % period])) return true;
  return false;
}

function namesOf({ handle, email, site }: PasswordContext): string[] {
  const [front = '', domain = ''] = (email ?? '').split('@');
  const whole = [email ?? '', handle, front, domain, ...site].map(foldPassword);
  const parts = whole.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([...whole, ...parts])]
    .filter((name) => name.length >= MIN_NAME_LENGTH)
    .sort((a, b) => b.length - a.length);
}

/**
 * Whether a text is a common password, or one with digits or punctuation appended, which attackers
 * try next.
 */
function isCommonWithTail(text: string): boolean {
  const characters = Array.from(text);
  for (let length = characters.length; length >= MIN_PASSWORD_LENGTH; length -= 1) {
    if (isCommonPassword(characters.slice(0, length).join(''))) return true;
    if (/[\p{L}\s]/u.test(characters[length - 1] ?? '')) return false;
  }
  return false;
}

/**
 * Why a password is easy to guess, apart from its length.
 * @returns a message key, or null if it is acceptable
 */
export function passwordFault(password: string, context: PasswordContext): string | null {
  const text = foldPassword(password);
  if (isCommonWithTail(text)) return 'accounts.error.password-common';
  if (
    isRepeated(text) ||
    lengthWithoutRuns(text) < MIN_REMAINING ||
    new Set(text).size < MIN_REMAINING
  )
    return 'accounts.error.password-simple';
  const left = namesOf(context).reduce((rest, name) => rest.replaceAll(name, ''), text);
  const letters = left.replace(/[^\p{L}\p{N}]/gu, '');
  if (left !== text && letters.length < MIN_REMAINING) return 'accounts.error.password-own';
  return null;
}
