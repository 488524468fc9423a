import { argon2, argon2Fits, argon2Text } from './argon2.js';

/**
 * OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane (Password Storage Cheat
 * Sheet).
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 200;

export function hashPassword(password: string): Promise<string> {
  return argon2Text(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/**
 * Verifies a password. Takes as long for an account that does not exist or has no password, against
 * timing attacks.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has');
  // A malformed hash matches no password.
  const fits = await argon2Fits(stored ?? (await decoy), password.normalize('NFKC')).catch(
    () => false,
  );
  return fits && stored !== null;
}

/** The digest of a recovery code, as slow as that of a password. */
export function digestCode(code: string, salt: Buffer): Promise<Buffer> {
  return argon2(code, salt, COST);
}
