import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import type { Tx } from '../kernel/database.js';
import { Conflict } from '../kernel/errors.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';
import { isDueSoon } from './helpline-check.js';
import { HelplineEntry } from './helpline.entity.js';
import { mergeRows, type HelplineRow } from './helpline-rows.js';
import { useChangedRows } from './helplines.js';

const changedRows = statement<NoParams, HelplineRow>(
  'helplines.changed',
  `
    select key, country, name, phone, sms, chat_url as "chatUrl", hours, languages, topics, audience,
      source, shown, checked_on::text as "checkedOn"
    from helplines
    order by key
  `,
);

const versionOf = statement<{ key: string }, { version: number }>(
  'helplines.version',
  'select version from helplines where key = :key',
);

/** Within this time another process shows what administrators changed. */
const FRESH = MINUTE / 2;

/**
 * Reads what administrators changed about the helplines. Pages show the lines in memory and never
 * wait for the database: while it is away, they stay as they were.
 */
@Injectable()
export class HelplineStore implements OnModuleInit {
  private readAt = -Infinity;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Reads them again in the background where the last reading is half a minute old. */
  keepFresh(): void {
    if (this.clock.ms() - this.readAt > FRESH) void this.refresh();
  }

  async refresh(): Promise<void> {
    this.readAt = this.clock.ms();
    try {
      useChangedRows(await this.sql.rows(changedRows));
    } catch (error) {
      this.logger.warn('the helplines stay as they were', describeError(error));
    }
  }

  /** Every line, shown or not, as the database has them now. */
  async all(): Promise<HelplineRow[]> {
    return mergeRows(await this.sql.rows(changedRows));
  }

  /** How many lines that readers see have to be checked again soon. */
  async countDue(): Promise<number> {
    const now = this.clock.now();
    return (await this.all()).filter((row) => isDueSoon(row, now)).length;
  }

  /** How often a line was changed here; 0 where it is as this version has it. */
  async version(key: string): Promise<number> {
    return (await this.sql.first(versionOf, { key }))?.version ?? 0;
  }

  /**
   * Keeps a changed line. `refresh` after the transaction shows it.
   * @param version the version that the change was made on
   * @throws Conflict where somebody was first
   */
  async save(tx: Tx, row: HelplineRow, version: number): Promise<void> {
    const { key } = row;
    const entries = tx.getRepository(HelplineEntry);
    const entry = await entries.findOne({ where: { key }, lock: { mode: 'pessimistic_write' } });
    if ((entry?.version ?? 0) !== version) {
      throw new Conflict('administration.helplines.error.stale');
    }
    const columns = {
      ...row,
      languages: [...row.languages],
      topics: [...row.topics],
      version: version + 1,
      updatedAt: this.clock.now(),
    };
    if (entry === null) await entries.insert(columns);
    else await entries.update({ key }, columns);
  }
}
