import { ImportFault } from './import-fault.js';

/** A message of an mbox file. */
export interface MboxMessage {
  /** The `From ` line that precedes it. */
  readonly envelope: string;
  readonly raw: Buffer;
  /** It exceeds the size limit, so its end is missing. */
  readonly cut: boolean;
}

/** Size limit of a message in bytes; the rest is dropped, which mostly affects attachments. */
const MAX_MESSAGE_SIZE = 32 << 20;
/** Longer lines are processed in pieces. */
const MAX_LINE_LENGTH = 1 << 20;

/**
 * `From anna@example.org Sat Jan  3 01:05:34 1996`, also with a time zone, or `at` instead of @.
 * The trailing date distinguishes it from a sentence that starts with "From".
 */
const ENVELOPE =
  /^From .{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,40}?\d{1,2}:\d\d.{0,40}\d{4}/;
const FROM = Buffer.from('From ');
const NEWLINE = 10;
const QUOTE = 62;

interface Line {
  readonly bytes: Buffer;
  /** False for a further piece of a long line. */
  readonly begins: boolean;
}

/**
 * Streams the messages of an mbox file (mboxo or mboxrd), with at most one in memory: a message
 * starts at a `From ` line after a blank line, and `>From ` loses one `>`.
 * @throws ImportFault if the file does not begin with such a line
 */
export async function* mboxMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<MboxMessage> {
  const messages = new Messages();
  const lines = new Lines();
  for await (const chunk of chunks) {
    for (const line of lines.take(chunk)) {
      const message = messages.take(line);
      if (message !== null) yield message;
    }
  }
  for (const line of lines.rest()) {
    const message = messages.take(line);
    if (message !== null) yield message;
  }
  const last = messages.rest();
  if (last !== null) yield last;
}

/** Puts lines together to messages. */
class Messages {
  private open: OpenMessage | null = null;
  private afterBlank = true;

  /** @returns the previous message, if a new one starts with this line */
  take(line: Line): MboxMessage | null {
    const { open } = this;
    const envelope = this.afterBlank && line.begins ? envelopeOf(line.bytes) : null;
    this.afterBlank = line.begins && isBlank(line.bytes);
    if (envelope !== null) {
      this.open = new OpenMessage(envelope);
      return open?.close() ?? null;
    }
    if (open !== null) open.add(line.begins ? unquoted(line.bytes) : line.bytes);
    else if (!this.afterBlank)
      throw new ImportFault(
        'The file is not an mbox: it does not begin with a line "From …" and a date.',
      );
    return null;
  }

  rest(): MboxMessage | null {
    return this.open?.close() ?? null;
  }
}

class OpenMessage {
  private readonly pieces: Buffer[] = [];
  private size = 0;
  private cut = false;

  constructor(private readonly envelope: string) {}

  add(bytes: Buffer): void {
    this.cut ||= this.size + bytes.length > MAX_MESSAGE_SIZE;
    if (this.cut) return;
    this.pieces.push(bytes);
    this.size += bytes.length;
  }

  /** The trailing blank line belongs to the format. */
  close(): MboxMessage {
    const last = this.pieces.at(-1);
    if (!this.cut && last !== undefined && isBlank(last)) this.pieces.pop();
    return { envelope: this.envelope, raw: Buffer.concat(this.pieces), cut: this.cut };
  }
}

/** Splits chunks into lines. Not an asynchronous generator, which takes longer than the lines. */
class Lines {
  private pieces: Buffer[] = [];
  private size = 0;
  private begins = true;

  *take(chunk: Buffer): Generator<Line> {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.pieces.push(chunk.subarray(from, end + 1));
      yield this.line(true);
      from = end + 1;
    }
    if (from === chunk.length) return;
    this.pieces.push(chunk.subarray(from));
    this.size += chunk.length - from;
    if (this.size >= MAX_LINE_LENGTH) yield this.line(false);
  }

  *rest(): Generator<Line> {
    if (this.pieces.length > 0) yield this.line(true);
  }

  /** @param ends whether the next piece begins a line */
  private line(ends: boolean): Line {
    const [only, ...others] = this.pieces;
    const bytes = only !== undefined && others.length === 0 ? only : Buffer.concat(this.pieces);
    const line = { bytes, begins: this.begins };
    this.pieces = [];
    this.size = 0;
    this.begins = ends;
    return line;
  }
}

function envelopeOf(line: Buffer): string | null {
  if (line.length > 1000 || !line.subarray(0, FROM.length).equals(FROM)) return null;
  const text = line.toString('latin1').trimEnd();
  return ENVELOPE.test(text) ? text : null;
}

function isBlank(line: Buffer): boolean {
  return line[0] === NEWLINE || (line[0] === 13 && line[1] === NEWLINE);
}

function unquoted(line: Buffer): Buffer {
  if (line[0] !== QUOTE) return line;
  let at = 1;
  while (line[at] === QUOTE) at += 1;
  return line.subarray(at, at + FROM.length).equals(FROM) ? line.subarray(1) : line;
}
