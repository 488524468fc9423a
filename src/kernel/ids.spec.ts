import { describe, expect, it } from '@jest/globals';
import {
  hashToken,
  isId,
  newReference,
  newToken,
  idempotencyKeyFor,
  sameText,
  sign,
} from './ids.js';

describe('ids', () => {
  it.each(['1', '42', '999999999999999999'])('%s is one', (text) => expect(isId(text)).toBe(true));
  it.each([
    '',
    '0',
    '-1',
    '01',
    '1.5',
    '1e3',
    ' 1',
    '1 ',
    '9999999999999999999',
    "1'--",
    '１',
    7,
    null,
    undefined,
    ['1'],
  ])('reject %p', (text) => expect(isId(text)).toBe(false));
});

describe('tokens', () => {
  it('are long, URL-safe and unique', () => {
    const made = new Set(Array.from({ length: 1_000 }, () => newToken()));
    expect(made.size).toBe(1_000);
    for (const token of made) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('are stored only as a hash', () => {
    expect(hashToken('abc').length).toBe(32);
    expect(hashToken('abc').equals(hashToken('abc'))).toBe(true);
    expect(hashToken('abc').equals(hashToken('abd'))).toBe(false);
  });

  it('are invalid for another purpose or under another key when signed', () => {
    const signed = sign('key', 'csrf', 'value');
    expect(signed).toBe(sign('key', 'csrf', 'value'));
    for (const other of [
      sign('key', 'kept', 'value'),
      sign('other', 'csrf', 'value'),
      sign('key', 'csrf', 'values'),
      sign('key', 'cs', 'rf\0value'),
    ])
      expect(other).not.toBe(signed);
  });

  it('give one idempotency key for a form with the same words, and null without a key', () => {
    const once = idempotencyKeyFor('key', { note: 'a walk' });
    expect(once).toBe(idempotencyKeyFor('key', { note: 'a walk' }));
    expect(once).not.toContain('key');
    expect(once).not.toBe(idempotencyKeyFor('key', { note: 'a bath' }));
    expect(once).not.toBe(idempotencyKeyFor('other', { note: 'a walk' }));
    expect(idempotencyKeyFor('', { note: 'a walk' })).toBeNull();
  });

  it('are compared over their whole length', () => {
    expect(sameText('abc', 'abc')).toBe(true);
    for (const other of ['abd', 'ab', 'abcd', '']) expect(sameText('abc', other)).toBe(false);
  });

  it('contain no look-alike letters when read out by a person', () => {
    for (let n = 0; n < 200; n += 1) expect(newReference()).toMatch(/^[A-HJKMNP-TV-Z2-9]{8}$/);
  });
});
