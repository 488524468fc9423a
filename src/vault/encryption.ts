import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const FORM = 1;
const IV = 12;
const TAG = 16;
const HEAD = 1 + IV + TAG;
const KEY_LENGTH = 32;

/** What was sealed was changed, moved to another place, or sealed under another key. */
export class DecryptionFailed extends Error {}

/** AES-256-GCM. @param bound the place it belongs to: opened anywhere else it is broken */
export function encrypt(key: Buffer, bound: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(bound));
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORM), iv, cipher.getAuthTag(), hidden]);
}

/** @throws SealBroken */
export function decrypt(key: Buffer, bound: string, sealed: Buffer): Buffer {
  if (sealed.length < HEAD || sealed[0] !== FORM) throw new DecryptionFailed('no seal of ours');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(1 + IV, HEAD));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD)), decipher.final()]);
  } catch {
    throw new DecryptionFailed('the seal is broken');
  }
}

export function newKey(): Buffer {
  return randomBytes(KEY_LENGTH);
}

/** A key that wraps members' keys, and the mark by which rows say which one it was. */
export interface WrappingKey {
  readonly mark: string;
  readonly key: Buffer;
}

function wrappingKey(setting: string): WrappingKey {
  const key = Buffer.from(
    hkdfSync('sha256', setting, 'sameboat', 'members’ private keys', KEY_LENGTH),
  );
  return { key, mark: createHash('sha256').update(key).digest('hex').slice(0, 16) };
}

export interface KeySettings {
  PRIVATE_KEY?: string;
  PRIVATE_KEY_PREVIOUS?: string;
  SECRET_KEY?: string;
  SECRET_KEY_PREVIOUS?: string;
}

/**
 * The key that wraps from now on, then those that may have wrapped before. Whoever sets PRIVATE_KEY
 * for the first time has keys that were wrapped by one made from SECRET_KEY: so that is always
 * among them.
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
