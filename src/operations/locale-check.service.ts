import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { FOLDS_CASE_SQL } from '../kernel/database-locale.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';

const locale = statement<NoParams, { folds: boolean }>('operations.locale', FOLDS_CASE_SQL);

/** Logs a warning at start if searches in a database with this locale miss some letters. */
@Injectable()
export class LocaleCheck implements OnApplicationBootstrap {
  constructor(
    private readonly sql: Sql,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      if ((await this.sql.first(locale))?.folds !== false) return;
      this.logger.warn('a search does not find every word: the locale of the database is C', {
        notFound: 'words with capitals beyond A to Z: "ÉXITO" is not found as "éxito"',
        mend:
          'stop, run `npm run admin -- change-locale`, start again; before PostgreSQL 17 restore ' +
          'a backup into a database made with a locale of UTF-8',
      });
    } catch (error) {
      // An unavailable database must not prevent the start: /readyz reports it.
      this.logger.warn('the locale of the database is not known', describeError(error));
    }
  }
}
