import { watch, type FSWatcher } from 'node:fs';
import { describeError, type Logger } from '../kernel/logger.js';

/** Something loaded from `views/` that can be reloaded. */
export interface Readable {
  load(): void;
}

// Debounce interval in milliseconds: editors write a file in several steps.
const SETTLED = 60;

/**
 * In development, reloads templates, messages, styles and scripts when a file changes. A file that
 * cannot be read is logged, and retried after its next change.
 * @param folder to watch
 * @param readers called in this order: dependencies come first
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
      // These are the project's own files, so the message contains no personal text.
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
