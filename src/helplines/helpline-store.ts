import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { isDuplicate, type Tx } from '../kernel/database.js';
import { Conflict } from '../kernel/errors.js';
import { outsideRequest } from '../kernel/request-reads.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';
import { isDueSoon } from './helpline-check.js';
import { HelplineEntry } from './helpline.entity.js';
import { FILE_ROWS, mergeRows, type HelplineRow } from './helpline-rows.js';
import { useChangedRows } from './helplines.js';

/** A line with the version of the change that it stands on; 0 where it is as this version has it. */
export interface EditableHelpline {
  readonly row: HelplineRow;
  readonly version: number;
}

const COLUMNS = `
  key, country, name, phone, sms, chat_url as "chatUrl", hours, languages, topics, audience, source,
  shown, checked_on::text as "checkedOn"
`;

const changedRows = statement<NoParams, HelplineRow>(
  'helplines.changed',
  `
    select ${COLUMNS}
    from helplines
    order by key
  `,
);

const changedRow = statement<{ key: string }, HelplineRow & { version: number }>(
  'helplines.changed-one',
  `
    select ${COLUMNS}, version
    from helplines
    where key = :key
  `,
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
      useChangedRows(await outsideRequest(() => this.sql.rows(changedRows)));
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

  /** One line, shown or not, and its version, both of one moment. Null without such a line. */
  async find(key: string): Promise<EditableHelpline | null> {
    const changed = await this.sql.first(changedRow, { key });
    if (changed !== null) {
      const { version, ...row } = changed;
      return { row, version };
    }
    const row = FILE_ROWS.find((each) => each.key === key);
    return row === undefined ? null : { row, version: 0 };
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
    if ((entry?.version ?? 0) !== version) throw stale();
    const columns = {
      ...row,
      languages: [...row.languages],
      topics: [...row.topics],
      version: version + 1,
      updatedAt: this.clock.now(),
    };
    try {
      if (entry === null) await entries.insert(columns);
      else await entries.update({ key }, columns);
    } catch (error) {
      // Before the first change there is no row to lock.
      throw isDuplicate(error) ? stale() : error;
    }
  }
}

function stale(): Conflict {
  return new Conflict('administration.helplines.error.stale');
}
