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

describe('display settings in a cookie', () => {
  it.each([undefined, '', 'nonsense', 'blue.huge.none.what.ever.more', '.....'])(
    'use the defaults for %j: Shift leaves the page, and no letter is a shortcut',
    (cookie) => {
      expect(displayOf(cookie)).toEqual(PLAIN);
    },
  );

  it('lack the keyboard settings in older cookies', () => {
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
  ])('round-trip: %j', (display) => {
    expect(displayOf(displayCookie(display))).toEqual(display);
  });
});
