import pg from 'pg';
import { Clock, SECOND } from './clock.js';
import { driverErrorOf, isDatabaseUnreachable } from './database-errors.js';
import { databaseFault, unreachableDatabase } from './database-faults.js';
import type { DatabaseSettings } from './database-settings.js';
import type { Logger } from './logger.js';

/** An error whose message tells the operator in one line why there is no database. */
export class DatabaseFault extends Error {}

/** How long a process waits for a database that is still starting. */
const PATIENCE = 60 * SECOND;
const BETWEEN_ATTEMPTS = SECOND;
/** As long as a pool waits for a connection. */
const CONNECTION_TIMEOUT = 5 * SECOND;

export interface Waiting {
  logger: Logger;
  clock: Pick<Clock, 'monotonic'>;
  /** Tries once. @throws if the database does not accept a connection */
  connect(url: string): Promise<void>;
  pause(): Promise<unknown>;
}

/**
 * Waits until the configured databases accept connections, up to a minute, because after a power
 * cut PostgreSQL may need longer to start than this process.
 * @throws DatabaseFault at once if waiting cannot help (a wrong name or password), otherwise after
 *   a minute
 */
export async function waitForDatabase(
  { DATABASE_URL, directUrl }: Pick<DatabaseSettings, 'DATABASE_URL' | 'directUrl'>,
  logger: Logger,
): Promise<void> {
  const waiting: Waiting = {
    logger,
    clock: new Clock(),
    connect: connectOnce,
    pause: () => new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS)),
  };
  if (DATABASE_URL === undefined) return;
  await waitFor(DATABASE_URL, 'DATABASE_URL', waiting);
  if (directUrl !== DATABASE_URL) await waitFor(directUrl, 'DATABASE_DIRECT_URL', waiting);
}

/** Waits for one database. @throws like `waitForDatabase` */
export async function waitFor(url: string, setting: string, waiting: Waiting): Promise<void> {
  const { logger, clock } = waiting;
  const began = clock.monotonic();
  let waits = false;
  for (;;) {
    const error = await waiting.connect(url).then(
      () => null,
      (failed: unknown) => ({ failed }),
    );
    const passed = clock.monotonic() - began;
    if (error === null) {
      if (waits) logger.info('the database responds', { setting, seconds: seconds(passed) });
      return;
    }
    const { failed } = error;
    const fault = databaseFault(failed, setting);
    if (fault !== null) throw new DatabaseFault(fault);
    if (!isDatabaseUnreachable(failed)) throw failed;
    if (passed >= PATIENCE)
      throw new DatabaseFault(
        unreachableDatabase(failed, setting) ?? `The database in ${setting} does not respond.`,
      );
    if (!waits)
      logger.warn('the database does not respond yet and is waited for', {
        setting,
        code: driverErrorOf(failed).code,
        seconds: seconds(PATIENCE),
      });
    waits = true;
    await waiting.pause();
  }
}

async function connectOnce(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sameboat',
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
  });
  // The server may close the connection between the answer and the end.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    // Whether it could connect is decided above.
    await client.end().catch(() => undefined);
  }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / SECOND);
}
