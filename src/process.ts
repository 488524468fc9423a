import type { Config } from './kernel/config.js';
import { ConfigFault } from './kernel/config.js';
import { databaseFault, unreachableDatabase } from './kernel/database-faults.js';
import { DatabaseFault } from './kernel/database-wait.js';
import { describeError, Logger } from './kernel/logger.js';
import { sourceFrames } from './kernel/source-frames.js';
import { EmbeddedFault } from './embedded/cluster.js';

type Stop = () => Promise<unknown>;

/**
 * Time-out of the shutdown in milliseconds, longer than the longest request or job. Afterwards the
 * process exits anyway, and the queue reassigns its job.
 */
const STOP_TIMEOUT = 25_000;

/**
 * Runs an entry point: prints one clear line if it cannot start, and shuts down in reverse order on
 * Ctrl-C or SIGTERM.
 */
export async function run(
  start: (logger: (config: Config) => Logger, onStop: (stop: Stop) => void) => Promise<void>,
): Promise<void> {
  const stops: Stop[] = [];
  let logger = new Logger('info', false);
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(code || 1), STOP_TIMEOUT).unref();
    for (const each of stops.reverse())
      await each().catch((error: unknown) => logger.warn('while stopping', describeError(error)));
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  process.on('unhandledRejection', (error) =>
    logger.error('a promise failed unheard', describeError(error)),
  );
  process.on('uncaughtException', (error) => {
    logger.error('the process fails', describeError(error));
    void stop(1);
  });
  try {
    await start(
      (config) => (logger = new Logger(config.LOG_LEVEL, config.production)),
      (each) => stops.push(each),
    );
  } catch (error) {
    process.stderr.write(`${oneLine(error)}\n`);
    await stop(1);
  }
}

function oneLine(error: unknown): string {
  if (
    error instanceof ConfigFault ||
    error instanceof DatabaseFault ||
    error instanceof EmbeddedFault
  )
    return error.message;
  const code = (error as { code?: string }).code;
  if (code === 'ENOSPC') return 'The disk is full: make room, then start again. Nothing was lost.';
  const database = databaseFault(error) ?? unreachableDatabase(error);
  if (database !== null) return database;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Sameboat could not start: ${sourceFrames(stack)}`;
}
