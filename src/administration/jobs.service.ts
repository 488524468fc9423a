import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Database } from '../kernel/database.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Queues, type FailedJob, type QueueName } from '../queue/queues.js';
import { AuditLog } from '../review/audit-log.js';

export interface QueueReport {
  counts: Awaited<ReturnType<Queues['counts']>>;
  failed: FailedJob[];
}

/** The job queues and their failed jobs. Every change is recorded in the audit log. */
@Injectable()
export class JobsAdministration {
  constructor(
    private readonly queues: Queues,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly logger: Logger,
  ) {}

  /**
   * @param queue filter for the failed jobs; undefined for all
   * @returns null while the queues are unreachable
   */
  async report(queue: QueueName | undefined): Promise<QueueReport | null> {
    try {
      const counts = await this.queues.counts();
      const failed = await this.queues.failed(queue === undefined ? {} : { queue });
      return { counts, failed };
    } catch (error) {
      this.logger.warn('the queues cannot be shown', describeError(error));
      return null;
    }
  }

  async retryAll(viewer: Viewer): Promise<void> {
    const count = await this.queues.retryFailed();
    if (count > 0)
      await this.database.inTransaction((tx) =>
        this.auditLog.write(tx, viewer.memberId, { action: 'job.retried', detail: { count } }),
      );
  }

  /** @returns false if the job no longer exists: a double click, or a colleague was faster */
  async retry(viewer: Viewer, queue: QueueName, id: string): Promise<boolean> {
    return this.record(viewer, 'job.retried', queue, await this.queues.retry(queue, id));
  }

  /** @returns same as `retry` */
  async remove(viewer: Viewer, queue: QueueName, id: string): Promise<boolean> {
    return this.record(viewer, 'job.removed', queue, await this.queues.remove(queue, id));
  }

  private async record(
    viewer: Viewer,
    action: 'job.retried' | 'job.removed',
    queue: QueueName,
    job: string | null,
  ): Promise<boolean> {
    if (job === null) return false;
    await this.database.inTransaction((tx) =>
      this.auditLog.write(tx, viewer.memberId, { action, detail: { queue, job } }),
    );
    return true;
  }
}
