import type { ImportSource } from './source.js';
import type { Staging } from './staging.js';
import type { ImportMessages } from './words.js';

export interface SourceInput {
  /** The path of the dump, which may be gzipped. */
  file: string;
  /** For data that must be joined or sorted before it can be read in order. */
  staging: Staging;
  words: ImportMessages;
  /** Called with the number of bytes read. */
  onBytes: (bytes: number) => void;
}

/**
 * Opens a dump, and loads it into staging tables if necessary.
 * @throws ImportFault if the file is not such a dump, or is truncated
 */
export type OpenSource = (input: SourceInput) => Promise<ImportSource>;
