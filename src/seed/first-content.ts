import type { INestApplicationContext } from '@nestjs/common';
import { StrategyPacks } from '../coping-strategies/packs/strategy-packs.service.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Database } from '../kernel/database.js';
import { describeError, Logger } from '../kernel/logger.js';
import { executeIn, Sql } from '../kernel/sql.js';
import { Resources } from '../resources/resources.service.js';
import { loadStarter, loadTranslations } from './starter.js';

/**
 * Loads what a new site begins with, into empty tables alone: entries of "Help elsewhere" and the
 * starter pack of strategies with its translations. What administrators changed or took away stays as it is.
 */
export async function loadFirstContent(app: INestApplicationContext): Promise<void> {
  await app.get(Resources, { strict: false }).load();
  await app.get(Database).inTransaction(async (tx) => {
    await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
      lock: ADVISORY_LOCKS.firstContent,
    });
    const packs = app.get(StrategyPacks, { strict: false });
    await loadStarter(app.get(Sql), packs);
    await loadTranslations(app.get(Sql), packs);
  });
}

/** The same for a process that has other work, whatever becomes of it. */
export async function tryFirstContent(app: INestApplicationContext): Promise<void> {
  try {
    await loadFirstContent(app);
  } catch (error) {
    // Before the first migration there are no tables; the next start loads it.
    app.get(Logger).warn('the first content could not be loaded', describeError(error));
  }
}
