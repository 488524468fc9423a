import { describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { newTotpSecret, totpStep, totpUri } from './totp.js';

const NOW = 1_800_000_000_000;
const STEP = NOW / 30_000;

describe('totpStep', () => {
  // RFC 6238, appendix B, truncated to six digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ])('accepts the code of the RFC %i seconds after 1970', async (seconds, code) => {
    expect(await totpStep(secret, code, seconds * 1_000, null)).toBe(Math.floor(seconds / 30));
  });

  it('accepts a code one step early or late, and no more', async () => {
    const code = await generate({ secret, epoch: NOW / 1_000 });
    const at = (seconds: number): Promise<number | null> =>
      totpStep(secret, code, NOW + seconds * 1_000, null);
    expect([await at(-30), await at(29), await at(59)]).toEqual([STEP, STEP, STEP]);
    expect([await at(-31), await at(60)]).toEqual([null, null]);
  });

  it('rejects a code that was used, and any earlier one', async () => {
    const code = await generate({ secret, epoch: NOW / 1_000 });
    expect(await totpStep(secret, code, NOW, STEP - 1)).toBe(STEP);
    expect(await totpStep(secret, code, NOW, STEP)).toBeNull();
    expect(await totpStep(secret, code, NOW, STEP + 1)).toBeNull();
  });

  it.each(['', '12345', '1234567', 'abcdef', '1 2 3', '-12345'])('is not %j', async (code) => {
    expect(await totpStep(secret, code, NOW, null)).toBeNull();
  });

  it('accepts a code typed in two groups', async () => {
    const code = await generate({ secret, epoch: NOW / 1_000 });
    expect(await totpStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, NOW, null)).toBe(STEP);
  });

  it('uses random secrets of 160 bits', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
    expect(totpUri(one, 'Sameboat', 'driftwood')).toMatch(
      new RegExp(`^otpauth://totp/Sameboat:driftwood\\?.*secret=${one}`),
    );
  });
});
