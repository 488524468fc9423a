import type { INestApplicationContext } from '@nestjs/common';
import { StrategyPacks } from '../coping-strategies/packs/strategy-packs.service.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Database } from '../kernel/database.js';
import { describeError, Logger } from '../kernel/logger.js';
import { executeIn, Sql } from '../kernel/sql.js';
import { Resources } from '../resources/resources.service.js';
import { loadStarter, loadTranslations } from './starter.js';

/**
 * Loads a new site's initial content, into empty tables only: the entries of "Help elsewhere" and
 * the starter pack of strategies with its translations. Edits and deletions by administrators are
 * preserved.
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

/**
 * Same as `loadFirstContent`, but logs errors instead of throwing, for processes with other work.
 */
export async function tryFirstContent(app: INestApplicationContext): Promise<void> {
  try {
    await loadFirstContent(app);
  } catch (error) {
    // Before the first migration there are no tables; the next start retries.
    app.get(Logger).warn('the first content could not be loaded', describeError(error));
  }
}
