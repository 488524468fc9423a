import type { ImportSource } from './source.js';
import type { Staging } from './staging.js';
import type { ImportWords } from './words.js';

export interface SourceInput {
  /** The path of the dump, which may be compressed by gzip. */
  file: string;
  /** For what has to be joined or sorted before it can be read in order. */
  staging: Staging;
  words: ImportWords;
  /** Told what was read of the file. */
  onBytes: (bytes: number) => void;
}

/**
 * Reads a dump into staging tables where it has to.
 * @throws ImportFault where the file is not such a dump, or ends too early
 */
export type OpenSource = (input: SourceInput) => Promise<ImportSource>;
