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

describe('a seal', () => {
  const key = newKey();
  const sealed = encrypt(key, 'here', words);

  it('opens where it was made, and shows nothing of what is in it', () => {
    expect(decrypt(key, 'here', sealed).equals(words)).toBe(true);
    expect(sealed.includes(words)).toBe(false);
  });

  it('is never the same twice', () => {
    expect(encrypt(key, 'here', words).equals(sealed)).toBe(false);
  });

  it('is broken in another place and under another key', () => {
    expect(() => decrypt(key, 'there', sealed)).toThrow(DecryptionFailed);
    expect(() => decrypt(newKey(), 'here', sealed)).toThrow(DecryptionFailed);
  });

  it('is broken by any change, and by being cut short', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decrypt(key, 'here', changed)).toThrow(DecryptionFailed);
    }
    for (const length of [0, 1, 28, sealed.length - 1])
      expect(() => decrypt(key, 'here', sealed.subarray(0, length))).toThrow(DecryptionFailed);
  });
});

describe('the keys that wrap', () => {
  const [SECRET_KEY, SECRET_KEY_PREVIOUS, PRIVATE_KEY] = [
    's'.repeat(32),
    'o'.repeat(32),
    'p'.repeat(32),
  ] as const;

  it('begin with the one of its own, made from the secret where there is none', () => {
    const own = wrappingKeys({ SECRET_KEY, PRIVATE_KEY });
    const made = wrappingKeys({ SECRET_KEY });
    expect(own[0].mark).not.toBe(made[0].mark);
    expect(own.map(({ mark }) => mark)).toContain(made[0].mark);
  });

  it('hold those before them, so that what was wrapped can be opened after a change', () => {
    const before = wrappingKeys({ SECRET_KEY: SECRET_KEY_PREVIOUS });
    expect(wrappingKeys({ SECRET_KEY, SECRET_KEY_PREVIOUS }).map(({ mark }) => mark)).toContain(
      before[0].mark,
    );
    expect(wrappingKeys({ SECRET_KEY }).map(({ mark }) => mark)).not.toContain(before[0].mark);
    expect(
      wrappingKeys({ SECRET_KEY, PRIVATE_KEY_PREVIOUS: PRIVATE_KEY }).map(({ mark }) => mark),
    ).toContain(wrappingKeys({ SECRET_KEY, PRIVATE_KEY })[0].mark);
  });

  it('tell nothing of the setting they come from', () => {
    const [{ key, mark }] = wrappingKeys({ SECRET_KEY });
    expect(key.toString('latin1')).not.toContain('sss');
    expect(key.toString('hex')).not.toContain(mark);
  });

  it('are not there before a secret is', () => {
    expect(() => wrappingKeys({})).toThrow('SECRET_KEY');
  });
});

describe('a sealed text', () => {
  const [SECRET_KEY, SECRET_KEY_PREVIOUS] = ['s'.repeat(40), 'p'.repeat(40)];
  const before = sealText({ SECRET_KEY: SECRET_KEY_PREVIOUS }, 'here', 'what nobody else reads');

  it('opens after a change of the key, and in its place alone', () => {
    const settings = { SECRET_KEY, SECRET_KEY_PREVIOUS };
    expect(openText(settings, 'here', before)).toBe('what nobody else reads');
    expect(() => openText(settings, 'there', before)).toThrow(DecryptionFailed);
  });

  it('is null once its key is not set any more', () => {
    expect(openText({ SECRET_KEY }, 'here', before)).toBeNull();
  });
});
