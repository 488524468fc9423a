import { describe, expect, it } from '@jest/globals';
import { displayCookie, displayOf } from './layout.js';

const PLAIN = {
  scheme: 'auto',
  text: 'normal',
  spacing: 'normal',
  calm: false,
  shiftOff: false,
  keys: false,
} as const;

describe('the display settings in a cookie', () => {
  it.each([undefined, '', 'nonsense', 'blue.huge.none.what.ever.more', '.....'])(
    'are plain for %j: Shift leaves, and no letter is a shortcut',
    (cookie) => {
      expect(displayOf(cookie)).toEqual(PLAIN);
    },
  );

  it('of an older cookie lack the keys', () => {
    expect(displayOf('dark.large.wide.calm')).toEqual({
      scheme: 'dark',
      text: 'large',
      spacing: 'wide',
      calm: true,
      shiftOff: false,
      keys: false,
    });
  });

  it.each([
    PLAIN,
    { ...PLAIN, shiftOff: true },
    { ...PLAIN, keys: true },
    { ...PLAIN, scheme: 'contrast' as const, calm: true, shiftOff: true, keys: true },
  ])('come back as they were chosen: %j', (display) => {
    expect(displayOf(displayCookie(display))).toEqual(display);
  });
});
