import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const IV = 12;
const TAG = 16;
const HEAD = IV + TAG;

/** The ciphertext was changed, belongs to another context, or was made with another key. */
export class DecryptionFailed extends Error {}

/**
 * AES-256-GCM with a fresh random IV.
 * @param key 32 bytes; a key object where many texts are under one key, since Node takes four times
 *   as long to find out that bytes are none
 * @param context authenticated with the text: decryption fails under any other
 * @returns IV (12 bytes), tag (16 bytes), ciphertext
 */
export function aesEncrypt(key: Buffer | KeyObject, context: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

/** @throws DecryptionFailed */
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
