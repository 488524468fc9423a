import { createHash } from 'node:crypto';

const NEW_LINE = 0x0a;

/**
 * Count and checksum of a table's rows in the text form of COPY, where a line is a row. The
 * checksum adds up the SHA-256 of each row, word by word: the order of the rows, which a database
 * does not keep, makes no difference.
 */
export class RowChecksum {
  rows = 0;
  private readonly sums = new Uint32Array(8);
  private rest: Buffer = Buffer.alloc(0);

  /** @param piece of the stream, which may end within a row */
  update(piece: Buffer): void {
    const text = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let from = 0;
    for (;;) {
      const end = text.indexOf(NEW_LINE, from);
      if (end === -1) break;
      this.add(text.subarray(from, end));
      from = end + 1;
    }
    this.rest = text.subarray(from);
  }

  /** @throws Error where the stream ended within a row */
  sum(): string {
    if (this.rest.length > 0) throw new Error('the rows end in the middle of one');
    return Array.from(this.sums, (word) => word.toString(16).padStart(8, '0')).join('');
  }

  private add(row: Buffer): void {
    const digest = createHash('sha256').update(row).digest();
    // The array keeps the lowest 32 bits of each sum.
    for (let word = 0; word < 8; word += 1)
      this.sums[word] = (this.sums[word] ?? 0) + digest.readUInt32BE(word * 4);
    this.rows += 1;
  }
}
