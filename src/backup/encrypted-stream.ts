import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { BackupFault } from './backup-fault.js';

/** The first line of a file: format and version. */
const MAGIC = 'sameboat-backup 1\n';
/** Bytes of plain text in each chunk; the last one may be shorter. */
const CHUNK = 64 * 1024;
const TAG = 16;
const SEALED = CHUNK + TAG;
/** OWASP's first choice for scrypt: 128 MiB of memory for each guess at a passphrase. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const HEADER_LIMIT = 512;

export interface Header {
  kdf: string;
  salt: string;
  N: number;
  r: number;
  p: number;
}

/** Derives a key from a passphrase. Tests inject a cheaper one. */
export type KeyDerivation = (passphrase: string, settings: Header) => Promise<Buffer>;

/**
 * Encrypts a stream with a passphrase: two plain-text lines (format, key derivation), then chunks
 * of AES-256-GCM. A chunk's nonce is its number plus a flag for the last one, and each chunk
 * authenticates the header, so that chunks cannot be modified, reordered, removed or truncated.
 */
export async function* encryptStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  derive: KeyDerivation = deriveKey,
): AsyncGenerator<Buffer> {
  const settings: Header = { kdf: 'scrypt', salt: randomBytes(16).toString('base64'), ...COST };
  const header = Buffer.from(`${MAGIC}${JSON.stringify(settings)}\n`);
  const key = await derive(passphrase, settings);
  yield header;
  let count = 0;
  const seal = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(count, last));
    count += 1;
    cipher.setAAD(header);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    // A full chunk at the very end is kept back to become the last one.
    for (; rest.length - at > CHUNK; at += CHUNK) yield seal(rest.subarray(at, at + CHUNK), false);
    rest = rest.subarray(at);
  }
  yield seal(rest, true);
}

/**
 * Decrypts such a stream; each chunk is authenticated before any of it is passed on.
 * @throws BackupFault if the passphrase is wrong, or the file is damaged or truncated
 */
export async function* decryptStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  derive: KeyDerivation = deriveKey,
): AsyncGenerator<Buffer> {
  let opener: Opener | null = null;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (opener === null) {
      const length = headerLength(rest);
      if (length === null) continue;
      opener = await Opener.of(rest.subarray(0, length), passphrase, derive);
      rest = rest.subarray(length);
    }
    let at = 0;
    for (; rest.length - at > SEALED; at += SEALED)
      yield opener.open(rest.subarray(at, at + SEALED), false);
    rest = rest.subarray(at);
  }
  if (opener === null) throw new BackupFault('This file is no backup of Sameboat.');
  yield opener.open(rest, true);
}

class Opener {
  private count = 0;

  private constructor(
    private readonly header: Buffer,
    private readonly key: Buffer,
  ) {}

  static async of(header: Buffer, passphrase: string, derive: KeyDerivation): Promise<Opener> {
    return new Opener(header, await derive(passphrase, parsed(header)));
  }

  open(sealed: Buffer, last: boolean): Buffer {
    if (sealed.length < TAG) throw this.damaged();
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce(this.count, last));
    decipher.setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    try {
      const plain = Buffer.concat([
        decipher.update(sealed.subarray(0, sealed.length - TAG)),
        decipher.final(),
      ]);
      this.count += 1;
      return plain;
    } catch {
      throw this.damaged();
    }
  }

  private damaged(): BackupFault {
    return new BackupFault(
      this.count === 0
        ? 'The passphrase does not open this file, or the file is damaged.'
        : 'The file is damaged or cut off: take another backup.',
    );
  }
}

function headerLength(start: Buffer): number | null {
  const seen = start.subarray(0, MAGIC.length).toString('latin1');
  if (!MAGIC.startsWith(seen)) throw new BackupFault('This file is no backup of Sameboat.');
  const end = start.indexOf('\n', MAGIC.length);
  if (end === -1 && start.length < HEADER_LIMIT) return null;
  if (end === -1 || end > HEADER_LIMIT)
    throw new BackupFault('This file is no backup of Sameboat.');
  return end + 1;
}

function parsed(header: Buffer): Header {
  try {
    const read = JSON.parse(header.subarray(MAGIC.length).toString('utf8')) as Header;
    // Accepts only parameters that this tool writes: a forged cost could exhaust the memory.
    const { N, r, p } = read;
    if (read.kdf === 'scrypt' && N === COST.N && r === COST.r && p === COST.p) return read;
  } catch {
    // Reported below.
  }
  throw new BackupFault('This backup was written by another version of Sameboat.');
}

function nonce(count: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(count), 3);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function deriveKey(passphrase: string, { salt, N, r, p }: Header): Promise<Buffer> {
  const text = passphrase.normalize('NFKC');
  return new Promise((resolve, reject) =>
    scrypt(
      text,
      Buffer.from(salt, 'base64'),
      32,
      { N, r, p, maxmem: 256 * 1024 * 1024 },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    ),
  );
}
