import { describe, expect, it } from '@jest/globals';
import { isPreservable, preservedFormView } from './preserved-form.js';

interface Shown {
  texts: { name: string; value: string }[];
  hidden: { name: string; value: string }[];
}

const shown = (values: Record<string, string | string[]>): Shown =>
  preservedFormView({ path: '/x', values }) as Shown;

describe('a form that comes back', () => {
  it.each([
    'body',
    'why',
    'wish',
    'message',
    'said',
    'shared',
    'happened',
    'questions',
    'a-field-of-tomorrow',
  ])('shows what was written under %s', (name) => {
    expect(shown({ [name]: 'A long night,\nand then morning.' }).texts).toEqual([
      { name, value: 'A long night,\nand then morning.' },
    ]);
  });

  it('shows a single word where people write, and a long one anywhere', () => {
    expect(shown({ why: 'Because', other: '長'.repeat(61) }).texts).toHaveLength(2);
  });

  it('carries choices, keys and empty fields along unseen, each as often as it was sent', () => {
    const { texts, hidden } = shown({
      kind: 'support',
      idempotencyKey: 'x'.repeat(24),
      needs: ['panic', 'sleep'],
      body: '  ',
    });
    expect(texts).toEqual([]);
    expect(hidden.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'kind=support',
      `idempotencyKey=${'x'.repeat(24)}`,
      'needs=panic',
      'needs=sleep',
      'body=  ',
    ]);
  });

  it('never brings a secret back', () => {
    expect(
      isPreservable('/x', {
        password: 'a',
        newPassword: 'b',
        currentPassword: 'c',
        code: 'd',
        _csrf: 'e',
        kept: 'f',
      }),
    ).toBeNull();
  });
});
