import { describe, expect, it } from '@jest/globals';
import { hiddenFields, idempotencyKeyOf, listOf, textOf } from './form-values.js';

describe('the values of a form', () => {
  it.each([
    [undefined, [], ''],
    ['', [''], ''],
    ['12', ['12'], '12'],
    [['a', 'b'], ['a', 'b'], 'a'],
    [[], [], ''],
  ])('%j are a list, and one text', (value, list, text) => {
    expect(listOf(value)).toEqual(list);
    expect(textOf(value)).toBe(text);
  });

  it('go along as hidden fields, one for each value', () => {
    expect(hiddenFields({ _csrf: 'x', body: 'Hello', topics: ['a', 'b'] }, ['_csrf'])).toEqual([
      { name: 'body', value: 'Hello' },
      { name: 'topics', value: 'a' },
      { name: 'topics', value: 'b' },
    ]);
  });

  it('keep the key that they were sent with, and get a new one without', () => {
    expect(idempotencyKeyOf({ idempotencyKey: 'first' })).toBe('first');
    const fresh = [idempotencyKeyOf({}), idempotencyKeyOf({ idempotencyKey: '' })];
    expect(new Set(fresh).size).toBe(2);
    expect(fresh.every((key) => key.length >= 12)).toBe(true);
  });
});
