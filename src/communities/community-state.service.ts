import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import type { AccessibleCommunity, CommunityRole, Visibility } from './community-access.js';
import { Community } from './community.entity.js';
import { AuditLog } from '../review/audit-log.js';
import { MembershipRow } from './membership.entity.js';
import { Membership } from './membership.service.js';
import { getIn, executeIn, queryIn } from '../kernel/sql.js';

/**
 * A community's visibility, archiving and roles. Administrators change them with a reason, which is
 * recorded in the audit log.
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
   * Changes the visibility. Posts written for members stay members-only when a community becomes
   * public, because their authors agreed to nothing else. Visits end if the community no longer
   * allows them. Search engines are excluded until an administrator allows them again.
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

  /** Archives or reopens a community. An archived community is read-only. */
  async setArchived(
    viewer: Viewer,
    community: AccessibleCommunity,
    archived: boolean,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const communities = tx.getRepository(Community);
      if (archived)
        await communities.update(
          { id: community.id, archivedAt: IsNull() },
          { archivedAt: this.clock.now() },
        );
      else await communities.update({ id: community.id }, { archivedAt: null });
      await this.auditLog.write(tx, viewer.memberId, {
        action: archived ? 'community.archived' : 'community.reopened',
        communityId: community.id,
        reason,
      });
    });
  }

  /** @throws FieldError if nobody with that handle has joined the community */
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

  /** Replaces a moderator with another one in one transaction, so that there is always one. */
  async handOver(
    viewer: Viewer,
    community: AccessibleCommunity,
    from: string,
    to: string,
    reason: string,
  ): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const outgoing = await this.memberOf(tx, community, 'from', from);
      const incoming = await this.memberOf(tx, community, 'to', to);
      if (outgoing === incoming) throw new FieldError('to', 'administration.error.same-person');
      await this.membership.setRole(tx, community.id, incoming, 'moderator');
      await this.membership.setRole(tx, community.id, outgoing, 'member');
      for (const [memberId, role] of [
        [incoming, 'moderator'],
        [outgoing, 'member'],
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

  /**
   * Locks the membership.
   * @throws FieldError on `field` if it does not exist
   */
  private async memberOf(
    tx: Tx,
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
