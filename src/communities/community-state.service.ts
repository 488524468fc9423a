import { Injectable } from '@nestjs/common';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import type { AccessibleCommunity, CommunityRole, Visibility } from './community-access.js';
import { Community } from './community.entity.js';
import { AuditLog } from '../review/audit-log.js';
import { MembershipRow } from './membership.entity.js';
import { Membership } from './membership.service.js';
import { getIn, executeIn, queryIn } from '../kernel/sql.js';

/**
 * How open a community is, whether it goes on, and who looks after it. Each change has a reason,
 * and stands in the log.
 */
@Injectable()
export class CommunityState {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
    private readonly membership: Membership,
  ) {}

  /**
   * What was written for members stays theirs when a community is opened: nobody agreed to more.
   * Visits end where a community no longer takes visitors. Search engines are asked to stay out
   * until an administrator lets them in anew.
   */
  async setVisibility(
    viewer: Viewer,
    community: AccessibleCommunity,
    to: Visibility,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const now = await getIn<{ visibility: Visibility }>(
        tx,
        'select visibility from communities where id = :communityId for update',
        { communityId: community.id },
      );
      if (now.visibility === to) return;
      await tx
        .getRepository(Community)
        .update({ id: community.id }, { visibility: to, searchEnginesSince: null });
      if (to === 'public')
        await executeIn(
          tx,
          `
            update posts p
            set members_only = true
            from threads t
            where t.id = p.thread_id and t.community_id = :communityId and not p.members_only
          `,
          { communityId: community.id },
        );
      if (to === 'approval' || to === 'unlisted')
        await tx
          .getRepository(MembershipRow)
          .delete({ communityId: community.id, state: 'visiting' });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.visibility-changed',
        communityId: community.id,
        reason,
        detail: { from: now.visibility, to },
      });
    });
  }

  /** Closed, it can still be read; nothing new is written. */
  async setArchived(
    viewer: Viewer,
    community: AccessibleCommunity,
    archived: boolean,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update communities
          set archived_at = case when :archived then coalesce(archived_at, :now) end
          where id = :communityId
        `,
        { communityId: community.id, archived, now: this.clock.now() },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: archived ? 'community.archived' : 'community.reopened',
        communityId: community.id,
        reason,
      });
    });
  }

  async setRole(
    viewer: Viewer,
    community: AccessibleCommunity,
    handle: string,
    role: CommunityRole,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const memberId = await this.memberOf(tx, community, 'handle', handle);
      await this.membership.setRole(tx, community.id, memberId, role);
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'community.role-given',
        communityId: community.id,
        memberId,
        reason,
        detail: { role },
      });
    });
  }

  /** One moderator for another, in one step: there is no moment without one. */
  async handOver(
    viewer: Viewer,
    community: AccessibleCommunity,
    from: string,
    to: string,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const leaving = await this.memberOf(tx, community, 'from', from);
      const coming = await this.memberOf(tx, community, 'to', to);
      if (leaving === coming) throw new FieldError('to', 'administration.error.same-person');
      await this.membership.setRole(tx, community.id, coming, 'moderator');
      await this.membership.setRole(tx, community.id, leaving, 'member');
      for (const [memberId, role] of [
        [coming, 'moderator'],
        [leaving, 'member'],
      ] as const) {
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'community.handed-over',
          communityId: community.id,
          memberId,
          reason,
          detail: { role },
        });
      }
    });
  }

  private async memberOf(
    tx: Parameters<Membership['setRole']>[0],
    community: AccessibleCommunity,
    field: string,
    handle: string,
  ): Promise<string> {
    const [row] = await queryIn<{ id: string }>(
      tx,
      `
        select m.id
        from members m
        join memberships s on s.member_id = m.id
          and s.community_id = :communityId
          and s.state = 'active'
        where m.handle = :handle::citext and m.closed_at is null
        for update of s
      `,
      { communityId: community.id, handle },
    );
    if (row === undefined) throw new FieldError(field, 'administration.error.no-member');
    return row.id;
  }
}
