import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ImportFault } from './import-fault.js';

/** Error codes of Node for a truncated or invalid stream. */
const DAMAGED = /^Z_|^ERR_ZLIB|^ERR_BUFFER/;

/**
 * Streams the bytes of a file, decompressed if it is gzipped, with bounded memory.
 * @param onBytes called with the number of raw bytes read
 * @throws ImportFault if it cannot be read or is damaged
 */
export async function* dumpFile(
  file: string,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  try {
    const head = await headOf(file);
    if (head.length === 0) throw new ImportFault(`${file} is empty.`);
    const stream = createReadStream(file, { highWaterMark: 1 << 18 });
    stream.on('data', (piece) => {
      onBytes(piece.length);
    });
    if (head[0] !== 0x1f || head[1] !== 0x8b) {
      yield* stream as AsyncIterable<Buffer>;
      return;
    }
    const unpacked = createGunzip();
    stream.on('error', (error) => unpacked.destroy(error));
    yield* stream.pipe(unpacked) as AsyncIterable<Buffer>;
  } catch (error) {
    throw fileFault(file, error);
  }
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function fileFault(file: string, error: unknown): unknown {
  switch ((error as { code?: string }).code) {
    case 'ENOENT':
      return new ImportFault(`There is no file ${file}.`);
    case 'EACCES':
    case 'EPERM':
      return new ImportFault(`${file} may not be read: check its permissions.`);
    case 'EISDIR':
      return new ImportFault(`${file} is a folder: name the dump in it.`);
    default:
      return DAMAGED.test((error as { code?: string }).code ?? '')
        ? new ImportFault(`${file} is damaged or ends too early: copy it again.`)
        : error;
  }
}
