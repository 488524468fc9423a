import { createHash } from 'node:crypto';
import { aesDecrypt, aesEncrypt, DecryptionFailed } from './aes-gcm.js';

/** What a sealed value is for: one that was sealed for something else does not open. */
export interface SealPurpose {
  /** The key is derived from SECRET_KEY and this text. */
  readonly key: string;
  /** Authenticated with the value. */
  readonly context: string;
}

/**
 * Seals a value that travels through a browser, so that it can neither be read nor changed on its
 * way (AES-256-GCM).
 * @returns Base64URL
 */
export function sealJson(secret: string, purpose: SealPurpose, value: object): string {
  const plain = Buffer.from(JSON.stringify(value));
  return aesEncrypt(keyOf(secret, purpose), purpose.context, plain).toString('base64url');
}

/**
 * @param secrets any of which may have sealed it
 * @returns null for a text that none of them sealed for this purpose, or that was changed
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
