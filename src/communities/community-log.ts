import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

interface CommunityAction {
  readonly deed: string;
  readonly communityId?: string;
  readonly memberId?: string;
  readonly reason?: string;
  /** What changed; never what somebody wrote under an alias. */
  readonly detail?: object;
}

/** What was changed about a community or the site, in the log that only grows. */
@Injectable()
export class CommunityLog {
  constructor(private readonly clock: Clock) {}

  /** In the transaction of the deed: neither without the other. */
  async write(
    tx: Tx,
    actorId: string,
    { deed, communityId, memberId, reason, detail }: CommunityAction,
  ): Promise<void> {
    await executeIn(
      tx,
      `
        insert into moderation_log (actor_id, deed, community_id, member_id, reason, detail,
          created_at)
        values (:actorId, :deed, :communityId, :memberId, :reason, :detail, :now)
      `,
      {
        actorId,
        deed,
        communityId: communityId ?? null,
        memberId: memberId ?? null,
        reason: reason ?? '',
        detail: JSON.stringify(detail ?? {}),
        now: this.clock.now(),
      },
    );
  }
}
