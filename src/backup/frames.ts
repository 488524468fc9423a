import { BackupFault } from './backup-fault.js';

/**
 * A decrypted backup is a sequence of frames: a type (one byte), a length (four bytes, big-endian)
 * and content. `J` is JSON, `D` rows in the text format of COPY.
 */
export type Frame = { type: 'J'; value: unknown } | { type: 'D'; rows: Buffer };

const HEAD = 5;
const LIMIT = 1 << 30;

export function jsonFrame(value: object): Buffer {
  return frame('J', Buffer.from(JSON.stringify(value)));
}

export function rowsFrame(rows: Buffer): Buffer {
  return frame('D', rows);
}

function frame(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.write(type, 'latin1');
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

/** @throws BackupFault if the stream ends within a frame, or contains anything else */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let wanted = HEAD;
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    waiting.push(piece);
    size += piece.length;
    if (size < wanted) continue;
    const rest = Buffer.concat(waiting);
    let at = 0;
    for (;;) {
      wanted = HEAD;
      if (rest.length - at < HEAD) break;
      const length = rest.readUInt32BE(at + 1);
      if (length > LIMIT) throw new BackupFault('The backup holds something unknown.');
      wanted = HEAD + length;
      if (rest.length - at < wanted) break;
      yield frameOf(rest[at] ?? 0, rest.subarray(at + HEAD, at + wanted));
      at += wanted;
    }
    waiting = [rest.subarray(at)];
    size = rest.length - at;
  }
  if (size > 0) throw new BackupFault('The backup ends in the middle.');
}

function frameOf(type: number, content: Buffer): Frame {
  switch (String.fromCharCode(type)) {
    case 'J':
      return { type: 'J', value: JSON.parse(content.toString('utf8')) };
    case 'D':
      return { type: 'D', rows: content };
    default:
      throw new BackupFault('The backup holds something unknown.');
  }
}
