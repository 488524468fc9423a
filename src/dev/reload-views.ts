import { watch, type FSWatcher } from 'node:fs';
import { describeError, type Logger } from '../kernel/logger.js';

/** What was read once from `views/` and can be read again. */
export interface Readable {
  load(): void;
}

// Editors write a file in several steps.
const SETTLED = 60;

/**
 * In development: templates, messages, styles and scripts are read again when one of them changes,
 * so that a reload of the page shows it. A file that cannot be read is named and waits to be put
 * right.
 * @param readers in their order: what leans on another comes after it
 * @returns ends it
 */
export function reloadViews(
  folder: string,
  readers: readonly Readable[],
  logger: Logger,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  const read = (): void => {
    try {
      for (const reader of readers) reader.load();
      logger.info('views read again');
    } catch (error) {
      // Our own files and nobody's words: here the message may be shown.
      logger.warn(`views could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  };
  try {
    watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(read, SETTLED);
    });
    watcher.on('error', (error) => logger.debug('views are not watched', describeError(error)));
  } catch (error) {
    logger.debug('views are not watched', describeError(error));
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
    return Promise.resolve();
  };
}
