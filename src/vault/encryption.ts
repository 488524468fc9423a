import { createHash, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { aesDecrypt, aesEncrypt, DecryptionFailed } from '../kernel/aes-gcm.js';

export { DecryptionFailed };

/** The first byte of a ciphertext: its format version. */
const FORMAT = 1;
const KEY_LENGTH = 32;

/**
 * @param context additional authenticated data: the ciphertext only decrypts in the same context
 */
export function encrypt(key: Buffer | KeyObject, context: string, plain: Buffer): Buffer {
  return Buffer.concat([Buffer.of(FORMAT), aesEncrypt(key, context, plain)]);
}

/** @throws DecryptionFailed */
export function decrypt(key: Buffer | KeyObject, context: string, sealed: Buffer): Buffer {
  if (sealed[0] !== FORMAT) throw new DecryptionFailed('the format is unknown');
  return aesDecrypt(key, context, sealed.subarray(1));
}

export function newKey(): Buffer {
  return randomBytes(KEY_LENGTH);
}

/** A key that wraps members' keys; rows refer to it by its fingerprint, a prefix of its digest. */
export interface WrappingKey {
  readonly mark: string;
  readonly key: KeyObject;
}

function wrappingKey(setting: string): WrappingKey {
  const key = Buffer.from(
    hkdfSync('sha256', setting, 'sameboat', 'members’ private keys', KEY_LENGTH),
  );
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return { key: createSecretKey(key), mark };
}

export interface KeySettings {
  PRIVATE_KEY?: string;
  PRIVATE_KEY_PREVIOUS?: string;
  SECRET_KEY?: string;
  SECRET_KEY_PREVIOUS?: string;
}

/**
 * The current wrapping key, followed by previous ones. SECRET_KEY is always included: it wrapped
 * the keys before PRIVATE_KEY was set.
 */
export function wrappingKeys(settings: KeySettings): [WrappingKey, ...WrappingKey[]] {
  const all = [
    settings.PRIVATE_KEY,
    settings.SECRET_KEY,
    settings.PRIVATE_KEY_PREVIOUS,
    settings.SECRET_KEY_PREVIOUS,
  ].filter((each) => each !== undefined);
  const [first, ...others] = all.map(wrappingKey);
  if (first === undefined) throw new Error('SECRET_KEY is read before it is set');
  return [first, ...others];
}

/** An encrypted text, and the fingerprint of its wrapping key. */
export interface SealedText {
  readonly sealed: Buffer;
  readonly sealedBy: string;
}

/** Encrypts a text under the current wrapping key. @param context same as for `encrypt` */
export function sealText(settings: KeySettings, context: string, text: string): SealedText {
  const [{ mark, key }] = wrappingKeys(settings);
  return { sealed: encrypt(key, context, Buffer.from(text)), sealedBy: mark };
}

/**
 * @returns null if its key is no longer in the settings
 * @throws DecryptionFailed
 */
export function openText(
  settings: KeySettings,
  context: string,
  { sealed, sealedBy }: SealedText,
): string | null {
  const fitting = wrappingKeys(settings).find(({ mark }) => mark === sealedBy);
  return fitting === undefined ? null : decrypt(fitting.key, context, sealed).toString();
}
