import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { ConfigFault } from '../kernel/config.js';

type Packaged = typeof import('@node-rs/argon2');

/** Cost parameters of a hash: memory in KiB, number of passes, parallelism. */
export interface Argon2Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/**
 * Computes Argon2id (RFC 9106) of a text.
 * @returns `LENGTH` bytes
 */
export type Argon2 = (text: string, salt: Buffer, cost: Argon2Cost) => Promise<Buffer>;

const LENGTH = 32;
const SALT = 16;
/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, the stored (PHC) format. */
const STORED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Node's own implementation, available since 24.7; null in earlier versions. */
export const nodeArgon2: Argon2 | null =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- not in earlier ones
  crypto.argon2 === undefined
    ? null
    : (text, salt, { memory, passes, parallelism }) =>
        promisify(crypto.argon2)('argon2id', {
          message: Buffer.from(text),
          nonce: salt,
          memory,
          passes,
          parallelism,
          tagLength: LENGTH,
        });

/**
 * The package's implementation, twice as fast; null if npm installed no binary for this platform.
 */
export const packagedArgon2 = loadPackaged();

function loadPackaged(): Argon2 | null {
  try {
    const { hashRaw } = createRequire(import.meta.url)('@node-rs/argon2') as Packaged;
    return (text, salt, { memory, passes, parallelism }) =>
      hashRaw(text, {
        salt,
        memoryCost: memory,
        timeCost: passes,
        parallelism,
        outputLen: LENGTH,
      });
  } catch {
    // `npm ci --omit=optional` does not install the binary.
    return null;
  }
}

function availableArgon2(): Argon2 {
  const implementation = packagedArgon2 ?? nodeArgon2;
  if (implementation === null)
    throw new ConfigFault(
      'Passwords cannot be hashed here: install with optional packages, or run Node.js 24.7 or newer.',
    );
  return implementation;
}

export const argon2 = availableArgon2();

/** @returns the hash with its salt and cost, in the stored format */
export async function argon2Text(text: string, cost: Argon2Cost, run = argon2): Promise<string> {
  const salt = crypto.randomBytes(SALT);
  const hash = await run(text, salt, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether a stored hash matches a text; false if it is malformed. */
export async function argon2Fits(stored: string, text: string, run = argon2): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', hash = ''] = STORED.exec(stored) ?? [];
  if (memory === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  if (expected.length !== LENGTH) return false;
  const cost = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
  return crypto.timingSafeEqual(await run(text, Buffer.from(salt, 'base64'), cost), expected);
}

/** Base64 without padding, as in the stored format. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
