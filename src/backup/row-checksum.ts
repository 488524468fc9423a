import { createHash } from 'node:crypto';

const NEW_LINE = 0x0a;

/**
 * Count and checksum of a table's rows in the text format of COPY, one row on each line. The
 * checksum is the sum of the rows' SHA-256, word by word, so that it does not depend on the order
 * of rows, which a database does not guarantee.
 */
export class RowChecksum {
  rows = 0;
  private readonly sums = new Uint32Array(8);
  private rest: Buffer = Buffer.alloc(0);

  /** @param piece of the stream; may end within a row */
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

  /** @throws Error if the stream ended within a row */
  sum(): string {
    if (this.rest.length > 0) throw new Error('the rows end in the middle of one');
    return Array.from(this.sums, (word) => word.toString(16).padStart(8, '0')).join('');
  }

  private add(row: Buffer): void {
    const digest = createHash('sha256').update(row).digest();
    // The typed array wraps each sum to 32 bits.
    for (let word = 0; word < 8; word += 1)
      this.sums[word] = (this.sums[word] ?? 0) + digest.readUInt32BE(word * 4);
    this.rows += 1;
  }
}
