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
import { setHelplineOverrides } from './helplines.js';

/** A line with its version for optimistic locking; 0 if the bundled line is unchanged. */
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

/** Maximum delay until other processes show an edit. */
const FRESH = MINUTE / 2;

/**
 * Loads administrators' edits of the helplines. Pages use the copy in memory and never wait for the
 * database; while it is unavailable, the copy stays as it was.
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

  /** Refreshes the copy in the background if it is older than half a minute. */
  keepFresh(): void {
    if (this.clock.ms() - this.readAt > FRESH) void this.refresh();
  }

  async refresh(): Promise<void> {
    this.readAt = this.clock.ms();
    try {
      setHelplineOverrides(await outsideRequest(() => this.sql.rows(changedRows)));
    } catch (error) {
      this.logger.warn('the helplines stay as they were', describeError(error));
    }
  }

  /** Every line, visible or not, from the database. */
  async all(): Promise<HelplineRow[]> {
    return mergeRows(await this.sql.rows(changedRows));
  }

  /** The number of visible lines whose check is due soon. */
  async countDue(): Promise<number> {
    const now = this.clock.now();
    return (await this.all()).filter((row) => isDueSoon(row, now)).length;
  }

  /** One line, visible or not, with its version from the same query. Null if there is none. */
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
   * Stores an edited line. Call `refresh` after the transaction to show it.
   * @param version on which the edit is based
   * @throws Conflict if somebody else saved it first
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
      // Before the first edit there is no row to lock, so a concurrent insert fails instead.
      throw isDuplicate(error) ? stale() : error;
    }
  }
}

function stale(): Conflict {
  return new Conflict('administration.helplines.error.stale');
}
