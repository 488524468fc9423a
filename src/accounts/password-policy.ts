import { foldPassword, isCommonPassword } from './common-passwords.js';
import { SHORTEST_PASSWORD } from './password.js';

/** What belongs to the account and is known to others, or easily guessed. */
export interface PasswordContext {
  handle: string;
  email: string | null;
  /** The names of the site and of its host. */
  site: readonly string[];
}

/** Characters that have to be left once a run, or a known name, counts as one. */
const LEAST = 5;
/** Shorter names stand in many words by chance. */
const SHORTEST_NAME = 3;
/** Rows of keyboards; neighbours in one are a run, as neighbours in the alphabet are. */
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

/** +1 and -1 for neighbours, 0 for the same again; null where one has nothing to do with the other. */
function step(from: string, to: string): number | null {
  if (from === to) return 0;
  if (ROWS.some((row) => row.includes(from + to))) return 1;
  return ROWS.some((row) => row.includes(to + from)) ? -1 : null;
}

/** How many characters are left once every run of three or more counts as its first two. */
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

/** Whether a text is one piece over and over: `abcabcabca`. */
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
    .filter((name) => name.length >= SHORTEST_NAME)
    .sort((a, b) => b.length - a.length);
}

/**
 * Whether a text is a common password, or one with digits or signs added at its end: that is what
 * others try next.
 */
function isCommonWithTail(text: string): boolean {
  const characters = Array.from(text);
  for (let length = characters.length; length >= SHORTEST_PASSWORD; length -= 1) {
    if (isCommonPassword(characters.slice(0, length).join(''))) return true;
    if (/[\p{L}\s]/u.test(characters[length - 1] ?? '')) return false;
  }
  return false;
}

/**
 * Why a password would be guessed, beside its length.
 * @returns a message key, or null where nothing speaks against it
 */
export function passwordFault(password: string, context: PasswordContext): string | null {
  const text = foldPassword(password);
  if (isCommonWithTail(text)) return 'accounts.error.password-common';
  if (isRepeated(text) || lengthWithoutRuns(text) < LEAST || new Set(text).size < LEAST)
    return 'accounts.error.password-simple';
  const left = namesOf(context).reduce((rest, name) => rest.replaceAll(name, ''), text);
  const letters = left.replace(/[^\p{L}\p{N}]/gu, '');
  if (left !== text && letters.length < LEAST) return 'accounts.error.password-own';
  return null;
}
