import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Clock, DAY } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { isPreservable, preservedFormView, PreservedForms } from './preserved-form.js';

interface Shown {
  texts: { name: string; value: string }[];
  hidden: { name: string; value: string }[];
}

const shown = (values: Record<string, string | string[]>): Shown =>
  preservedFormView({ path: '/x', values }) as Shown;

describe('a form that is shown again', () => {
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
  ])('shows what was written in %s', (name) => {
    expect(shown({ [name]: 'A long night,\nand then morning.' }).texts).toEqual([
      { name, value: 'A long night,\nand then morning.' },
    ]);
  });

  it('shows a single word in a text field, and a long text in any field', () => {
    expect(shown({ why: 'Because', other: '長'.repeat(61) }).texts).toHaveLength(2);
  });

  it('carries choices, keys and empty fields as hidden fields, each as often as it was sent', () => {
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

  it('never shows a secret again', () => {
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

describe('an encrypted form', () => {
  const SECRET_KEY = 'a'.repeat(40);
  const clock = new Clock();
  const forms = new PreservedForms(readConfig({ NODE_ENV: 'test', SECRET_KEY }), clock);
  const form = { path: '/x', values: { body: 'A long night.' } };

  it('decrypts to the same form, and reveals nothing of it', () => {
    const sealed = forms.seal(form);
    expect(forms.open(sealed)).toEqual(form);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('night');
  });

  it('decrypts after the key was rotated, while the previous key is set', () => {
    const sealed = forms.seal(form);
    const changed = { NODE_ENV: 'test', SECRET_KEY: 'b'.repeat(40) };
    const later = (env: Record<string, string>): PreservedForms =>
      new PreservedForms(readConfig(env), clock);
    expect(later({ ...changed, SECRET_KEY_PREVIOUS: SECRET_KEY }).open(sealed)).toEqual(form);
    expect(later(changed).open(sealed)).toBeNull();
  });

  it('does not decrypt if it was modified', () => {
    const sealed = Buffer.from(forms.seal(form), 'base64url');
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    expect(forms.open(sealed.toString('base64url'))).toBeNull();
  });

  // A form that was open during an upgrade was encrypted by the previous release.
  it('keeps its layout: IV, tag, ciphertext', () => {
    const key = createHash('sha256').update(`kept-form\0${SECRET_KEY}`).digest();
    const iv = Buffer.alloc(12, 7);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const text = JSON.stringify({ ...form, until: clock.ms() + DAY });
    const hidden = Buffer.concat([cipher.update(text), cipher.final()]);
    const sealed = Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
    expect(forms.open(sealed)).toEqual(form);
  });
});
