import { describe, expect, it } from '@jest/globals';
import {
  newKey,
  encrypt,
  DecryptionFailed,
  decrypt,
  openText,
  sealText,
  wrappingKeys,
} from './encryption.js';

const words = Buffer.from('what nobody else reads');

describe('encryption', () => {
  const key = newKey();
  const sealed = encrypt(key, 'here', words);

  it('decrypts in the same context, and leaks no plain text', () => {
    expect(decrypt(key, 'here', sealed).equals(words)).toBe(true);
    expect(sealed.includes(words)).toBe(false);
  });

  it('never yields the same ciphertext twice', () => {
    expect(encrypt(key, 'here', words).equals(sealed)).toBe(false);
  });

  it('fails in another context and with another key', () => {
    expect(() => decrypt(key, 'there', sealed)).toThrow(DecryptionFailed);
    expect(() => decrypt(newKey(), 'here', sealed)).toThrow(DecryptionFailed);
  });

  it('detects modification and truncation', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decrypt(key, 'here', changed)).toThrow(DecryptionFailed);
    }
    for (const length of [0, 1, 28, sealed.length - 1])
      expect(() => decrypt(key, 'here', sealed.subarray(0, length))).toThrow(DecryptionFailed);
  });
});

describe('wrapping keys', () => {
  const [SECRET_KEY, SECRET_KEY_PREVIOUS, PRIVATE_KEY] = [
    's'.repeat(32),
    'o'.repeat(32),
    'p'.repeat(32),
  ] as const;

  it('start with PRIVATE_KEY, derived from the secret if unset', () => {
    const own = wrappingKeys({ SECRET_KEY, PRIVATE_KEY });
    const made = wrappingKeys({ SECRET_KEY });
    expect(own[0].mark).not.toBe(made[0].mark);
    expect(own.map(({ mark }) => mark)).toContain(made[0].mark);
  });

  it('include previous keys, so that old data can be decrypted after a change', () => {
    const before = wrappingKeys({ SECRET_KEY: SECRET_KEY_PREVIOUS });
    expect(wrappingKeys({ SECRET_KEY, SECRET_KEY_PREVIOUS }).map(({ mark }) => mark)).toContain(
      before[0].mark,
    );
    expect(wrappingKeys({ SECRET_KEY }).map(({ mark }) => mark)).not.toContain(before[0].mark);
    expect(
      wrappingKeys({ SECRET_KEY, PRIVATE_KEY_PREVIOUS: PRIVATE_KEY }).map(({ mark }) => mark),
    ).toContain(wrappingKeys({ SECRET_KEY, PRIVATE_KEY })[0].mark);
  });

  it('reveal nothing about their setting', () => {
    const [{ key, mark }] = wrappingKeys({ SECRET_KEY });
    expect(key.export().toString('latin1')).not.toContain('sss');
    expect(key.export().toString('hex')).not.toContain(mark);
  });

  it('are missing without a secret', () => {
    expect(() => wrappingKeys({})).toThrow('SECRET_KEY');
  });
});

describe('an encrypted text', () => {
  const [SECRET_KEY, SECRET_KEY_PREVIOUS] = ['s'.repeat(40), 'p'.repeat(40)];
  const before = sealText({ SECRET_KEY: SECRET_KEY_PREVIOUS }, 'here', 'what nobody else reads');

  it('decrypts after a key change, only in its context', () => {
    const settings = { SECRET_KEY, SECRET_KEY_PREVIOUS };
    expect(openText(settings, 'here', before)).toBe('what nobody else reads');
    expect(() => openText(settings, 'there', before)).toThrow(DecryptionFailed);
  });

  it('is null once its key is no longer set', () => {
    expect(openText({ SECRET_KEY }, 'here', before)).toBeNull();
  });
});
