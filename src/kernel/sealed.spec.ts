import { describe, expect, it } from '@jest/globals';
import { openJson, sealJson } from './sealed.js';

const SECRET = 's'.repeat(40);
const purpose = { key: 'form', context: 'log-in' };
const value = { words: 'a walk by the sea', until: 7 };

describe('a sealed value', () => {
  it('opens for its purpose alone', () => {
    const sealed = sealJson(SECRET, purpose, value);
    expect(openJson([SECRET], purpose, sealed)).toEqual(value);
    expect(openJson(['t'.repeat(40)], purpose, sealed)).toBeNull();
    expect(openJson([SECRET], { ...purpose, key: 'passkey' }, sealed)).toBeNull();
    expect(openJson([SECRET], { ...purpose, context: 'add' }, sealed)).toBeNull();
  });

  it('opens with any of the keys that may have sealed it', () => {
    const sealed = sealJson(SECRET, purpose, value);
    expect(openJson(['t'.repeat(40), SECRET], purpose, sealed)).toEqual(value);
    expect(openJson([], purpose, sealed)).toBeNull();
  });

  it('does not open if modified, truncated or never sealed', () => {
    const sealed = Buffer.from(sealJson(SECRET, purpose, value), 'base64url');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openJson([SECRET], purpose, changed.toString('base64url'))).toBeNull();
    }
    const cut = sealed.subarray(0, -1).toString('base64url');
    for (const text of [cut, '', 'not sealed', 'é'.repeat(60)])
      expect(openJson([SECRET], purpose, text)).toBeNull();
  });

  it('opens values sealed by earlier releases', () => {
    // Key: SHA-256 of "form\0" and the secret; IV of 12 bytes, tag of 16, ciphertext.
    const earlier =
      'AQEBAQEBAQEBAQEB9x6gdhg_kgsQTQ_rjSUuKKJuizls6hTqQ60NsxNzLXIE9jeb1UQAnjyS3WiQUCb7MasgbirIRw';
    expect(openJson([SECRET], purpose, earlier)).toEqual(value);
  });
});
