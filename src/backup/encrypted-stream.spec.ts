import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { BackupFault } from './backup-fault.js';
import { decryptStream, encryptStream, type Header } from './encrypted-stream.js';

const PASSPHRASE = 'a quiet row of boats';
const CHUNK = 64 * 1024;

function pieces(bytes: Buffer, size = 10_000): Readable {
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  );
}

/** Replaces the real key derivation, which takes 128 MiB each time. */
function cheapKey(passphrase: string, { salt }: Header): Promise<Buffer> {
  return Promise.resolve(createHash('sha256').update(passphrase).update(salt).digest());
}

async function gather(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

const encrypted = (plain: Buffer): Promise<Buffer> =>
  gather(encryptStream(pieces(plain), PASSPHRASE, cheapKey));
const opened = (file: Buffer, passphrase = PASSPHRASE): Promise<Buffer> =>
  gather(decryptStream(pieces(file, 7_777), passphrase, cheapKey));

describe('an encrypted stream', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])(
    'of %d bytes opens again to the same bytes',
    async (length) => {
      const plain = randomBytes(length);
      expect((await opened(await encrypted(plain))).equals(plain)).toBe(true);
    },
  );

  it('contains no plain text, and differs each time', async () => {
    const plain = Buffer.from('driftwood wrote this '.repeat(200));
    const first = await encrypted(plain);
    expect(first.includes('driftwood')).toBe(false);
    expect(first.equals(await encrypted(plain))).toBe(false);
  });

  it('cannot be decrypted with another passphrase', async () => {
    const file = await encrypted(Buffer.from('words'));
    await expect(opened(file, 'a quiet row of boat')).rejects.toThrow(/passphrase does not open/);
  });

  it('detects modified bytes, truncation and reordered chunks', async () => {
    const file = await encrypted(randomBytes(3 * CHUNK + 100));
    const head = file.indexOf('\n', file.indexOf('\n') + 1) + 1;
    const sealed = CHUNK + 16;
    const damaged = [0, 25, head - 3, head, head + sealed, file.length - 1].map((at) => {
      const copy = Buffer.from(file);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    });
    const cut = [0, 10, head, head + 5, head + sealed, head + 2 * sealed, file.length - 1].map(
      (at) => file.subarray(0, at),
    );
    const moved = Buffer.concat([
      file.subarray(0, head),
      file.subarray(head + sealed, head + 2 * sealed),
      file.subarray(head, head + sealed),
      file.subarray(head + 2 * sealed),
    ]);
    const longer = Buffer.concat([file, Buffer.from('more')]);
    for (const wrong of [...damaged, ...cut, moved, longer])
      await expect(opened(wrong)).rejects.toThrow(BackupFault);
  });
});
