import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import type { Viewer } from '../http/viewer.js';
import { canRead, canVisit, type AccessibleCommunity } from './community-access.js';
import { visitEnded } from './communities.events.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/** Two weeks: long enough to see both a quiet and a busy one. */
const VISIT_LENGTH = 14 * DAY;

/**
 * Visits: a visitor can read and react, is not listed or counted, and the visit ends automatically.
 */
@Injectable()
export class Visits {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Starts a visit. A current visit is not changed; an ended one starts again.
   * @throws NotFound for an unlisted community that the viewer may not read
   * @throws Forbidden if the community does not allow visits
   */
  async begin(viewer: Viewer, community: AccessibleCommunity): Promise<'visiting' | 'joined'> {
    if (community.role !== null) return 'joined';
    if (!canVisit(viewer, community))
      throw community.visibility === 'unlisted' && !canRead(viewer, community)
        ? new NotFound()
        : new Forbidden(
            community.archived ? 'communities.error.archived' : 'communities.error.no-visits',
          );
    const now = this.clock.now();
    await this.database.inTransaction((tx) =>
      executeIn(
        tx,
        `
          insert into memberships (community_id, member_id, state, joined_at, expires_at)
          values (:communityId, :viewerId, 'visiting', :now, :until)
       on conflict (community_id, member_id)
       do update set joined_at = excluded.joined_at, expires_at = excluded.expires_at
         where memberships.state = 'visiting' and memberships.expires_at <= :now`,
        {
          communityId: community.id,
          viewerId: viewer.memberId,
          now,
          until: later(now, VISIT_LENGTH),
        },
      ),
    );
    return 'visiting';
  }

  /** Deletes ended visits, with the visitor's follows there. Notifies nobody. */
  async clearEnded(): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const ended = await queryIn<{ memberId: string; communityId: string }>(
        tx,
        `
          delete
          from memberships
          where state = 'visiting' and expires_at <= :now
          returning member_id as "memberId", community_id as "communityId"
        `,
        { now: this.clock.now() },
      );
      for (const { memberId, communityId } of ended) {
        await executeIn(
          tx,
          `
            delete
            from thread_follows f using threads t, communities c
            where t.id = f.thread_id
              and c.id = t.community_id
              and f.member_id = :memberId
              and c.id = :communityId
              and c.visibility <> 'public'
          `,
          { memberId, communityId },
        );
        await this.outbox.append(tx, visitEnded({ memberId, communityId }));
      }
    });
  }
}
