import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { newestRequest, requestModerators } from './member-requests.queries.js';
import { Notifier } from './notifier.service.js';

/** Notifies moderators of a request to join a community or to become a supporter in it. */
@Injectable()
@Handles('tell-of-member-request', 'default')
export class NotifyMemberRequestJob implements Job<{ communityId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly notifier: Notifier,
  ) {}

  async run({ communityId }: { communityId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [newest] = await this.sql.rowsIn(tx, newestRequest, { communityId });
      const at = newest?.at ?? null;
      if (at === null) return;
      for (const { memberId } of await this.sql.rowsIn(tx, requestModerators, { communityId })) {
        const recipient = { memberId, subjectId: communityId };
        await this.notifier.notifyAgain(tx, 'member-request', recipient, at);
      }
    });
  }
}
