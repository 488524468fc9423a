import { describe, expect, it } from '@jest/globals';
import { hiddenFields, idempotencyKeyOf, listOf, textOf } from './form-values.js';

describe('form values', () => {
  it.each([
    [undefined, [], ''],
    ['', [''], ''],
    ['12', ['12'], '12'],
    [['a', 'b'], ['a', 'b'], 'a'],
    [[], [], ''],
  ])('%j give a list, and a single text', (value, list, text) => {
    expect(listOf(value)).toEqual(list);
    expect(textOf(value)).toBe(text);
  });

  it('become hidden fields, one per value', () => {
    expect(hiddenFields({ _csrf: 'x', body: 'Hello', topics: ['a', 'b'] }, ['_csrf'])).toEqual([
      { name: 'body', value: 'Hello' },
      { name: 'topics', value: 'a' },
      { name: 'topics', value: 'b' },
    ]);
  });

  it('keep their idempotency key, and get a new one if they have none', () => {
    expect(idempotencyKeyOf({ idempotencyKey: 'first' })).toBe('first');
    const fresh = [idempotencyKeyOf({}), idempotencyKeyOf({ idempotencyKey: '' })];
    expect(new Set(fresh).size).toBe(2);
    expect(fresh.every((key) => key.length >= 12)).toBe(true);
  });
});
