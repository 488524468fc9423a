import { watch, type FSWatcher } from 'node:fs';
import { describeError, type Logger } from '../kernel/logger.js';

/** Something that was loaded from `views/` and can be loaded again. */
export interface Readable {
  load(): void;
}

// Milliseconds: editors write a file in several steps.
const SETTLED = 60;

/**
 * In development, reads templates, messages, styles and scripts again when one of them changes, so
 * that a reload of the page shows it. A file that cannot be read is logged, and read again after
 * its next change.
 * @param folder the one to watch
 * @param readers called in this order: a reader comes after those that it depends on
 * @returns a function that stops watching
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
      // The files are the project's own, so the message holds no personal text.
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
