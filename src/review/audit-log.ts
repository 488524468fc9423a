import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/** What is written down of a deed. The table takes rows and gives none back. */
export interface AuditEntry {
  readonly deed: string;
  readonly caseId?: string | null;
  /** Never the member behind an alias: a line that named them would undo it. */
  readonly memberId?: string | null;
  readonly postId?: string | null;
  readonly communityId?: string | null;
  readonly reason?: string;
  readonly detail?: object;
}

@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  /** In the transaction of the deed: neither without the other. */
  async write(tx: Tx, actorId: string | null, entry: AuditEntry): Promise<void> {
    await executeIn(
      tx,
      `
        insert into moderation_log (actor_id, deed, case_id, member_id, post_id, community_id,
          reason, detail, created_at)
        values (:actorId, :deed, :caseId, :memberId, :postId, :communityId, :reason, :detail, :now)
      `,
      {
        actorId,
        deed: entry.deed,
        caseId: entry.caseId ?? null,
        memberId: entry.memberId ?? null,
        postId: entry.postId ?? null,
        communityId: entry.communityId ?? null,
        reason: entry.reason ?? '',
        detail: JSON.stringify(entry.detail ?? {}),
        now: this.clock.now(),
      },
    );
  }
}
