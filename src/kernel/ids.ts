import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A random token for cookies and one-time links, base64url. @param bytes of randomness */
export function newToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** The SHA-256 of a token, stored instead of it, so that a leaked database has no tokens. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** HMAC-SHA-256 of a value for one purpose, base64url; purposes are separated. */
export function sign(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('base64url');
}

/**
 * The key under which what a form makes is stored once. The form of an earlier page with other
 * words, as after going back, makes something else: nothing that was written is dropped.
 * @param key random, of the form; it is not stored, so that nobody can try words on the digest
 * @param words all that the form says
 * @returns null where the form has no key
 */
export function onceKey(key: string, words: object): string | null {
  return key === '' ? null : hashToken(`${key}\0${JSON.stringify(words)}`).toString('base64url');
}

/** Compares two texts in time that depends on their length alone. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A random reference of eight characters without look-alikes, to be read out over the phone. */
export function newReference(): string {
  const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** An id as a regular expression, as for `@Matches` in forms. */
export const ID = /^[1-9]\d{0,17}$/;

/** Ids are positive 64-bit integers, carried as text. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}
