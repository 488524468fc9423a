import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { dumpFile } from './dump-file.js';
import { ImportFault } from './import-fault.js';

describe('a dump file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-dump-'));
  const text = 'line after line\n'.repeat(50_000);
  const file = (name: string, bytes: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const read = async (path: string, onBytes?: (bytes: number) => void): Promise<string> => {
    const pieces: Buffer[] = [];
    for await (const piece of dumpFile(path, onBytes)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read raw or decompressed', async () => {
    const packed = gzipSync(text);
    let bytes = 0;
    expect(await read(file('plain.sql', text))).toBe(text);
    const path = file('packed.sql.gz', packed);
    expect(await read(path, (more) => (bytes += more))).toBe(text);
    expect(bytes).toBe(packed.length);
  });

  it('is rejected with a one-line error', async () => {
    const packed = gzipSync(text);
    const broken = Buffer.from(packed);
    broken.fill(0xff, 40, 80);
    for (const path of [
      join(folder, 'nothing.sql'),
      folder,
      file('empty.sql', ''),
      file('cut.gz', packed.subarray(0, packed.length - 200)),
      file('broken.gz', broken),
    ]) {
      const refused = await read(path).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ImportFault);
      expect((refused as Error).message).not.toContain('\n');
    }
  });
});
