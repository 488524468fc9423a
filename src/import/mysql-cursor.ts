import { readRow, outOfOrderFault, readWord, type Decode } from './mysql-row.js';

/** Lookahead in bytes that is guaranteed before a word or symbol is read. */
const AHEAD = 512;
const [QUOTE, DOUBLE, BACKTICK, BACKSLASH] = [0x27, 0x22, 0x60, 0x5c];
const [SEMICOLON, COMMA, OPEN, CLOSE, NEWLINE] = [0x3b, 0x2c, 0x28, 0x29, 0x0a];
const [DASH, HASH, SLASH, STAR] = [0x2d, 0x23, 0x2f, 0x2a];

/** A streaming tokenizer for dumps: reads words, symbols and rows. */
export class DumpCursor {
  private readonly source: AsyncIterator<Buffer>;
  private buffer = Buffer.alloc(0);
  private at = 0;
  private before = 0;
  private ended = false;
  /** Whether the dump tool writes an end marker, and whether it was seen. */
  private ending: 'unknown' | 'awaited' | 'seen' = 'unknown';

  constructor(chunks: AsyncIterable<Buffer>) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** Number of bytes read. */
  get position(): number {
    return this.before + this.at;
  }

  /** The next word, skipping white space and comments; null at the end of a complete dump. */
  async nextWord(): Promise<string | null> {
    await this.space();
    while (await this.take(';'));
    const word = this.word();
    if (word !== '') {
      this.at += word.length;
      return word;
    }
    if (this.at < this.buffer.length) return this.buffer.toString('latin1', this.at, this.at + 1);
    if (this.ending === 'awaited') throw outOfOrderFault();
    return null;
  }

  async peekWord(): Promise<string | null> {
    await this.space();
    return this.word();
  }

  /** Skips those of these words that come next, in this order. */
  async skipWords(words: readonly string[]): Promise<void> {
    for (const word of words)
      if ((await this.peekWord())?.toUpperCase() === word) this.at += word.length;
  }

  /** A name, with or without quotes. */
  async name(): Promise<string> {
    await this.space();
    const byte = this.buffer[this.at];
    if (byte !== BACKTICK && byte !== DOUBLE && byte !== QUOTE) {
      const word = this.word();
      this.at += word.length;
      return word;
    }
    const end = this.buffer.indexOf(byte, this.at + 1);
    if (end < 0) throw outOfOrderFault();
    const name = this.buffer.toString('utf8', this.at + 1, end);
    this.at = end + 1;
    return name;
  }

  /** Whether this symbol comes next. */
  async isAt(symbol: string): Promise<boolean> {
    await this.space();
    return this.buffer[this.at] === symbol.charCodeAt(0);
  }

  /** Skips this symbol if it comes next. */
  async take(symbol: string): Promise<boolean> {
    const here = await this.isAt(symbol);
    if (here) this.at += 1;
    return here;
  }

  /** The values of a row in brackets; null if there is none. @param kept which columns to decode */
  async row(kept: readonly boolean[], decode: Decode): Promise<(string | null)[] | null> {
    await this.space();
    for (;;) {
      const read = readRow(this.buffer, this.at, kept, decode);
      if (read === 'fault') return null;
      if (read !== 'more') {
        this.at = read.end;
        return read.values;
      }
      await this.must();
    }
  }

  /** Skips the rest of a statement and its semicolon. */
  async skipStatement(): Promise<void> {
    await this.skip((byte) => byte === SEMICOLON);
    this.at += 1;
  }

  /** Skips the rest of a list item, up to the following comma or bracket. */
  async skipItem(): Promise<void> {
    let depth = 0;
    await this.skip((byte) => {
      if (depth === 0 && (byte === COMMA || byte === CLOSE)) return true;
      if (byte === OPEN) depth += 1;
      if (byte === CLOSE) depth -= 1;
      return false;
    });
  }

  /** Skips statements with another delimiter than a semicolon: triggers and the like. */
  async skipDelimited(): Promise<void> {
    let from = 0;
    for (;;) {
      const end = this.buffer.indexOf('\nDELIMITER ;', this.at + from);
      if (end >= 0) {
        this.at = end + 12;
        return;
      }
      from = Math.max(0, this.buffer.length - this.at - 12);
      await this.must();
    }
  }

  private async skip(isEnd: (sign: number) => boolean): Promise<void> {
    for (;;) {
      await this.ensureBuffered(AHEAD);
      if (this.at >= this.buffer.length) throw outOfOrderFault();
      const byte = this.buffer[this.at] ?? 0;
      if (isEnd(byte)) return;
      if (byte === QUOTE || byte === DOUBLE || byte === BACKTICK) await this.skipQuoted(byte);
      else if (byte === SLASH && this.buffer[this.at + 1] === STAR) await this.space();
      else this.at = this.nextSign(this.at + 1);
    }
  }

  /** The index of the next character that may be significant. */
  private nextSign(from: number): number {
    const { buffer } = this;
    let at = from;
    for (; at < buffer.length; at += 1) {
      const byte = buffer[at] ?? 0;
      if (byte === QUOTE || byte === DOUBLE || byte === BACKTICK || byte === SEMICOLON) break;
      if (byte === COMMA || byte === OPEN || byte === CLOSE || byte === SLASH) break;
    }
    return at;
  }

  private async skipQuoted(quote: number): Promise<void> {
    this.at += 1;
    for (;;) {
      const { buffer } = this;
      while (this.at < buffer.length) {
        const byte = buffer[this.at] ?? 0;
        if (byte === quote) break;
        if (byte === BACKSLASH && quote !== BACKTICK) {
          if (this.at + 1 >= buffer.length) break;
          this.at += 1;
        }
        this.at += 1;
      }
      if (buffer[this.at] === quote) {
        this.at += 1;
        return;
      }
      await this.must();
    }
  }

  /** Skips white space and comments. Conditional comments for some servers are read. */
  private async space(): Promise<void> {
    for (;;) {
      await this.ensureBuffered(AHEAD);
      const byte = this.buffer[this.at];
      if (byte === undefined) return;
      if (byte <= 0x20) this.at += 1;
      else if (byte === HASH || (byte === DASH && this.buffer[this.at + 1] === DASH))
        await this.lineComment();
      else if (byte === STAR && this.buffer[this.at + 1] === SLASH) this.at += 2;
      else if (byte === SLASH && this.buffer[this.at + 1] === STAR) await this.blockComment();
      else if (byte === 0xef && this.buffer[this.at + 1] === 0xbb) this.at += 3;
      else return;
    }
  }

  private async lineComment(): Promise<void> {
    let end = this.buffer.indexOf(NEWLINE, this.at);
    while (end < 0 && (await this.load())) end = this.buffer.indexOf(NEWLINE, this.at);
    const text = this.buffer.toString(
      'latin1',
      this.at,
      Math.min(end < 0 ? Infinity : end, this.at + 40),
    );
    if (/^-- (?:MySQL|MariaDB) dump /.test(text) && this.ending === 'unknown')
      this.ending = 'awaited';
    if (text.startsWith('-- Dump completed')) this.ending = 'seen';
    this.at = end < 0 ? this.buffer.length : end + 1;
  }

  private async blockComment(): Promise<void> {
    const conditional = /^\/\*!\d{0,6}/.exec(this.buffer.toString('latin1', this.at, this.at + 12));
    if (conditional !== null) {
      this.at += conditional[0].length;
      return;
    }
    let end = this.buffer.indexOf('*/', this.at + 2);
    while (end < 0) {
      await this.must();
      end = this.buffer.indexOf('*/', this.at + 2);
    }
    this.at = end + 2;
  }

  private word(): string {
    return readWord(this.buffer, this.at);
  }

  /** Ensures that this many bytes are buffered, unless the file ends before. */
  private async ensureBuffered(bytes: number): Promise<void> {
    while (this.buffer.length - this.at < bytes && !this.ended) await this.load();
  }

  private async must(): Promise<void> {
    if (!(await this.load())) throw outOfOrderFault();
  }

  /** Loads at least as much as is buffered, so that rescanning a long row is not quadratic. */
  private async load(): Promise<boolean> {
    const waiting = this.buffer.subarray(this.at);
    const pieces: Buffer[] = [waiting];
    let taken = 0;
    while (!this.ended && taken <= waiting.length) {
      const next = await this.source.next();
      if (next.done === true) this.ended = true;
      else {
        pieces.push(next.value);
        taken += next.value.length;
      }
    }
    if (taken === 0) return false;
    this.before += this.at;
    this.at = 0;
    this.buffer = Buffer.concat(pieces);
    return true;
  }
}
