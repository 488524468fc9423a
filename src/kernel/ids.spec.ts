import { describe, expect, it } from '@jest/globals';
import { hashToken, isId, newReference, newToken, onceKey, sameText, sign } from './ids.js';

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
  ])('%p is none', (text) => expect(isId(text)).toBe(false));
});

describe('tokens', () => {
  it('are long, fit into an address and never come twice', () => {
    const made = new Set(Array.from({ length: 1_000 }, () => newToken()));
    expect(made.size).toBe(1_000);
    for (const token of made) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('are stored as what cannot be turned back', () => {
    expect(hashToken('abc').length).toBe(32);
    expect(hashToken('abc').equals(hashToken('abc'))).toBe(true);
    expect(hashToken('abc').equals(hashToken('abd'))).toBe(false);
  });

  it('signed for one purpose are worth nothing for another, or under another key', () => {
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

  it('are one for a form with the same words, and none without a key', () => {
    const once = onceKey('key', { note: 'a walk' });
    expect(once).toBe(onceKey('key', { note: 'a walk' }));
    expect(once).not.toContain('key');
    expect(once).not.toBe(onceKey('key', { note: 'a bath' }));
    expect(once).not.toBe(onceKey('other', { note: 'a walk' }));
    expect(onceKey('', { note: 'a walk' })).toBeNull();
  });

  it('are compared whole', () => {
    expect(sameText('abc', 'abc')).toBe(true);
    for (const other of ['abd', 'ab', 'abcd', '']) expect(sameText('abc', other)).toBe(false);
  });

  it('that a person reads out have no letters that look alike', () => {
    for (let n = 0; n < 200; n += 1) expect(newReference()).toMatch(/^[A-HJKMNP-TV-Z2-9]{8}$/);
  });
});
