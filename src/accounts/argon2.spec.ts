import { describe, expect, it } from '@jest/globals';
import { argon2Fits, argon2Text, nodeArgon2, packagedArgon2, type Argon2 } from './argon2.js';

const COST = { memory: 19_456, passes: 2, parallelism: 1 };
// A hash by the package's own `hash`, which earlier versions stored.
const EARLIER =
  '$argon2id$v=19$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ$wigZf5y7eCLgeDjGWSjPJ0uHh6udiSk8XoszD8922jg';

describe('hashes of passwords', () => {
  const both: [string, Argon2 | null][] = [
    ['of Node', nodeArgon2],
    ['of the package', packagedArgon2],
  ];

  it.each(both)(
    'of %s match those of earlier versions, and no other password',
    async (_name, run) => {
      if (run === null) throw new Error('not here');
      expect(await argon2Fits(EARLIER, 'pässword', run)).toBe(true);
      expect(await argon2Fits(EARLIER, 'password', run)).toBe(false);
    },
  );

  it.each(both)(
    'of %s are verified by the other implementation, and have a salt each',
    async (_name, run) => {
      if (run === null || nodeArgon2 === null || packagedArgon2 === null)
        throw new Error('not here');
      const stored = await argon2Text('four plain words', COST, run);
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
      expect(await argon2Text('four plain words', COST, run)).not.toBe(stored);
      for (const other of [nodeArgon2, packagedArgon2])
        expect(await argon2Fits(stored, 'four plain words', other)).toBe(true);
    },
  );

  it('that are malformed match nothing', async () => {
    for (const broken of ['', 'x', EARLIER.slice(0, -2), EARLIER.replace('v=19', 'v=16')])
      expect(await argon2Fits(broken, 'pässword')).toBe(false);
  });
});
