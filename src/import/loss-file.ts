import { closeSync, openSync, writeSync } from 'node:fs';
import { ImportFault } from './import-fault.js';

const FLUSHED = 1 << 16;

/** Writes every loss of an import on its own line: kind, tab, id in the source. */
export class LossFile {
  private readonly file: number;
  private waiting = '';

  /** @throws ImportFault if the file cannot be written */
  constructor(path: string) {
    try {
      this.file = openSync(path, 'w', 0o600);
    } catch {
      throw new ImportFault(`${path} cannot be written: name another file for --losses.`);
    }
  }

  add(what: string, id: string | null): void {
    this.waiting += `${what}\t${id ?? ''}\n`;
    if (this.waiting.length >= FLUSHED) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    writeSync(this.file, this.waiting);
    this.waiting = '';
  }
}
