import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { JobTable, type Job, type JobLabel } from '../../queue/job.js';
import type { JobIds } from '../../queue/queues.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import type { NoticeRow } from './notice-row.js';
import { NOTICES } from './notice-table.js';
import { Notifier } from './notifier.service.js';

/**
 * Runs the jobs of the notify table: queries who is to be notified at run time, and notifies them.
 * Idempotent, because a member has one notice per kind and subject.
 */
@Injectable()
export class NoticeJobs extends JobTable {
  private readonly jobs = NOTICES.map((row) => ({
    label: row.label,
    handler: { run: (ids: JobIds): Promise<void> => this.notify(row, ids) },
  }));

  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly notifier: Notifier,
  ) {
    super();
  }

  override handlers(): readonly { label: JobLabel; handler: Job }[] {
    return this.jobs;
  }

  /**
   * Runs the job of one row.
   * @param ids the ids of its event
   * @throws Error for a job without a row
   */
  async run(job: string, ids: JobIds): Promise<void> {
    const row = NOTICES.find(({ label }) => label.name === job);
    if (row === undefined) throw new Error(`the notify table has no job ${job}`);
    await this.notify(row, ids);
  }

  private async notify(row: NoticeRow, ids: JobIds): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const recipients = await this.sql.rowsIn(tx, row.recipients, ids);
      if (recipients.length === 0) return;
      if (row.supersedes !== null) await this.sql.rowsIn(tx, row.supersedes, ids);
      for (const recipient of recipients)
        await this.notifier.notify(tx, kindOf(row, recipient), recipient);
    });
  }
}

function kindOf(row: NoticeRow, recipient: { kind?: NoticeKindName }): NoticeKindName {
  const kind = recipient.kind ?? row.kind;
  if (kind === null) throw new Error(`a notice of ${row.label.name} without a kind`);
  return kind;
}
