import { describe, expect, it } from '@jest/globals';
import { avatarsKept, avatarSvg } from './avatar.js';

describe('an avatar', () => {
  it('stays the same in every release', () => {
    expect(avatarSvg('one').replaceAll('><', '>\n<').split('\n')).toEqual([
      '<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">',
      '<rect width="40" height="40" fill="#8a5a83"/>',
      '<rect x="0" y="6" width="36" height="18" rx="2" fill="#7a7a3a" fill-opacity=".85"' +
        ' transform="rotate(76 18 15)"/>',
      '<rect x="-3" y="16.5" width="22" height="11" rx="2" fill="#b0653a" fill-opacity=".85"' +
        ' transform="rotate(25 8 22)"/>',
      '</svg>',
    ]);
  });

  it('is the same after thousands of others have been drawn', () => {
    const before = avatarSvg('two');
    const others = new Set(Array.from({ length: 5_000 }, (_, n) => avatarSvg(`other ${n}`)));
    expect(others.size).toBeGreaterThan(4_900);
    expect(avatarSvg('two')).toBe(before);
    const { avatars, bytes } = avatarsKept();
    expect(avatars).toBeGreaterThan(1_000);
    expect(bytes).toBeGreaterThan(avatars * 300);
    expect(bytes).toBeLessThanOrEqual(1_024 * 1_024);
  });
});
