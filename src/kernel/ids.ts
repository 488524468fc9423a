import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/**
 * Generates a random base64url token for cookies and one-time links.
 * @param bytes of randomness
 */
export function newToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/**
 * The SHA-256 of a token. Only the hash is stored, so that a leaked database contains no usable
 * tokens.
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * HMAC-SHA-256 of a value, base64url. The purpose is part of the input, so a signature is invalid
 * for any other purpose.
 */
export function sign(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('base64url');
}

/**
 * An idempotency key: a form that is submitted twice creates only one record. The content is part
 * of the key, so going back and submitting different words creates a new record and nothing written
 * is dropped.
 * @param key random, from the form; it is not stored, so that nobody can test guessed words against
 *   the digest
 * @param words all content of the form
 * @returns null if the form has no key
 */
export function idempotencyKeyFor(key: string, words: object): string | null {
  return key === '' ? null : hashToken(`${key}\0${JSON.stringify(words)}`).toString('base64url');
}

/** Compares two texts in constant time for a given length. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Generates a random reference of eight characters without look-alikes, suitable for reading out
 * over the phone.
 */
export function newReference(): string {
  const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** An id as a regular expression, for example for `@Matches` in forms. */
export const ID = /^[1-9]\d{0,17}$/;

/** Whether a value is an id: a positive 64-bit integer, represented as text. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}
