import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const IV = 12;
const TAG = 16;
const HEAD = IV + TAG;

/**
 * Thrown when the ciphertext was modified, belongs to another context or was encrypted with another
 * key.
 */
export class DecryptionFailed extends Error {}

/**
 * Encrypts with AES-256-GCM and a fresh random IV.
 * @param key 32 bytes. Pass a KeyObject to process many texts under one key: given raw bytes, Node
 *   takes four times as long to determine that they are not a key object
 * @param context additional authenticated data; decryption fails under any other context
 * @returns IV (12 bytes), tag (16 bytes), ciphertext
 */
export function aesEncrypt(key: Buffer | KeyObject, context: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

/** @throws DecryptionFailed if the ciphertext, the key or the context does not match */
export function aesDecrypt(key: Buffer | KeyObject, context: string, sealed: Buffer): Buffer {
  if (sealed.length < HEAD) throw new DecryptionFailed('the ciphertext is too short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(IV, HEAD));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD)), decipher.final()]);
  } catch {
    throw new DecryptionFailed('the ciphertext does not belong to this key and context');
  }
}
