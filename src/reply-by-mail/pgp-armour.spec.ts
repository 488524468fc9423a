import { describe, expect, it } from '@jest/globals';
import { withoutArmour } from './pgp-armour.js';

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----';
const signed = (words: string): string => `${BEGIN}\nHash: SHA256\n\n${words}\n${SIGNATURE}`;

describe('withoutArmour', () => {
  it('keeps the signed text, and the text around it', () => {
    expect(withoutArmour(`Before.\n${signed('Words.\n- - one\n- -- two')}\nAfter.`)).toBe(
      'Before.\nWords.\n- one\n-- two\nAfter.',
    );
    expect(withoutArmour(`${signed('One.')}\n${signed('Two.')}`)).toBe('One.\nTwo.');
    expect(withoutArmour(signed('Words.').replaceAll('\n', '\r\n'))).toBe('Words.');
  });

  it.each([
    'No armour at all.\n- - one',
    `${BEGIN}\nHash: SHA256\n\nCut off on its way`,
    `${BEGIN}\nHash: SHA256\n\nWords.\n-----BEGIN PGP SIGNATURE-----\niQEz`,
    `Somebody sent me ${BEGIN} and I wondered.`,
    `${BEGIN}\nno header\n\nWords.\n${SIGNATURE}`,
  ])('does not change incomplete armour: %j', (text) => {
    expect(withoutArmour(text)).toBe(text);
  });
});
