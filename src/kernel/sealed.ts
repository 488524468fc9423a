import { createHash } from 'node:crypto';
import { aesDecrypt, aesEncrypt, DecryptionFailed } from './aes-gcm.js';

/** The purpose of a sealed value; a value sealed for another purpose does not open. */
export interface SealPurpose {
  /** The key is derived from SECRET_KEY and this text. */
  readonly key: string;
  /** Additional authenticated data. */
  readonly context: string;
}

/**
 * Encrypts and authenticates (AES-256-GCM) a value that passes through a browser, so that it can be
 * neither read nor modified.
 * @returns base64url
 */
export function sealJson(secret: string, purpose: SealPurpose, value: object): string {
  const plain = Buffer.from(JSON.stringify(value));
  return aesEncrypt(keyOf(secret, purpose), purpose.context, plain).toString('base64url');
}

/**
 * @param secrets keys that may have sealed the value
 * @returns null if the text was modified, or not sealed for this purpose by any of the keys
 */
export function openJson<T extends object>(
  secrets: readonly string[],
  purpose: SealPurpose,
  text: string,
): T | null {
  const sealed = Buffer.from(text, 'base64url');
  for (const secret of secrets) {
    try {
      const plain = aesDecrypt(keyOf(secret, purpose), purpose.context, sealed);
      return JSON.parse(plain.toString('utf8')) as T;
    } catch (error) {
      if (!(error instanceof DecryptionFailed)) throw error;
    }
  }
  return null;
}

function keyOf(secret: string, purpose: SealPurpose): Buffer {
  return createHash('sha256').update(`${purpose.key}\0${secret}`).digest();
}
