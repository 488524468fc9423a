import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';

export interface CommunityAction {
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
    await tx.query(
      `
        insert into moderation_log (actor_id, deed, community_id, member_id, reason, detail,
          created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
      `,
      [
        actorId,
        deed,
        communityId ?? null,
        memberId ?? null,
        reason ?? '',
        JSON.stringify(detail ?? {}),
        this.clock.now(),
      ],
    );
  }
}
