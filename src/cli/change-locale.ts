import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { changeLocale, dropOldDatabase } from '../backup/change-locale.js';
import type { Config } from '../kernel/config.js';
import { dayBefore, urlOf, type DatabaseVerb } from './backup.js';
import { progressBar } from './progress.js';

export const localeVerbs: Record<string, DatabaseVerb> = {
  'change-locale': {
    help:
      'change-locale    ' +
      'copies a database with the locale C into one with C.UTF-8, compares every row, ' +
      'and keeps the old one',
    database: 'database-only',
    run: async (config) => {
      const done = await changeLocale(
        urlOf(config),
        (bytes) => hasRoom(config, bytes),
        progressBar,
      );
      if (done === null) return 'The database does not have the locale C: nothing to do.';
      return [
        `${done.rows} rows of ${done.tables} tables are in the new database, all checksums equal.`,
        `The old one is kept as ${done.kept}. Once all is well: ` +
          'npm run admin -- drop-old-database',
        'Start Sameboat, then: npm run admin -- jobs replay-outbox ' +
          `--since ${dayBefore(done.takenAt)} repeats what the queues had not finished.`,
      ].join('\n');
    },
  },
  'drop-old-database': {
    help: 'drop-old-database    drops the old database that change-locale kept',
    database: 'database-only',
    run: async (config) => {
      const names = await dropOldDatabase(urlOf(config));
      return names.length === 0 ? 'Nothing was kept.' : `Dropped: ${names.join(', ')}.`;
    },
  },
};

/** If the database files are on another machine, its server reports a full disk. */
function hasRoom(config: Config, bytes: number): boolean {
  const folder = join(config.dataDir, 'postgres');
  if (!existsSync(folder)) return true;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > bytes;
}
