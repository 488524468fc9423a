import { generateSecret, generateURI, verify } from 'otplib';

/** Seconds per step, and tolerated clock difference (RFC 6238, 5.2). */
const STEP = 30;

/** @returns 160 random bits in Base32, the length that RFC 4226 recommends */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** The URI for an authenticator's QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return generateURI({ secret, issuer, label });
}

/**
 * @param secret in Base32
 * @param code as typed; anything but six digits is wrong
 * @param now milliseconds
 * @param after step of the last used code, which is rejected together with earlier ones
 * @returns the step of the code, or null if it is wrong
 */
export async function totpStep(
  secret: string,
  code: string,
  now: number,
  after: number | null,
): Promise<number | null> {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const result = await verify({
    secret,
    token,
    epoch: Math.floor(now / 1_000),
    epochTolerance: STEP,
  });
  if (!result.valid || !('timeStep' in result)) return null;
  return after !== null && result.timeStep <= after ? null : result.timeStep;
}
