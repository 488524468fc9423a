import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/**
 * Every action in the audit log. Each needs a message `moderation.audit.<action>`; the filter of the
 * log page lists them in this order.
 */
export const AUDIT_ACTIONS = [
  'case.claimed',
  'case.released',
  'case.passed',
  'case.read',
  'case.decided',
  'case.proposed',
  'case.seconded',
  'case.declined',
  'case.second-look',
  'case.reopened',
  'case.paired',
  'thread.updated',
  'thread.split',
  'thread.merged',
  'member.trusted',
  'appeal.made',
  'team.wrote',
  'member.noted',
  'alias.asked',
  'alias.allowed',
  'alias.refused',
  'escalation.recorded',
  'escalation.seconded',
  'template.changed',
  'rule.added',
  'rule.ended',
  'holding.changed',
  'community.founded',
  'community.described',
  'community.welcome-changed',
  'community.hours-changed',
  'community.guidelines-changed',
  'community.orientation-opened',
  'community.visibility-changed',
  'community.search-engines-let-in',
  'community.search-engines-kept-out',
  'community.archived',
  'community.reopened',
  'community.role-given',
  'community.handed-over',
  'prompt.saved',
  'prompt.paused',
  'prompt.resumed',
  'folder.saved',
  'folder.removed',
  'folder.filled',
  'supporter.accepted',
  'supporter.declined',
  'strategy.changed',
  'strategy.withdrawn',
  'strategy.published',
  'strategies.imported',
  'setting.changed',
  'helpline.changed',
  'webhook.added',
  'webhook.key-changed',
  'webhook.turned-on',
  'webhook.turned-off',
  'webhook.removed',
  'webhook.replayed',
  'member.memorialised',
  'member.role-given',
  'member.looked-up',
  'member.confirmation-sent',
  'member.reset-sent',
  'member.mail-resumed',
  'member.second-factor-reset-asked',
  'member.second-factor-reset',
  'member.second-factor-reset-refused',
  'group-request.answered',
  'job.retried',
  'job.removed',
  'member.read',
  'post.history-read',
  'operator.admin-created',
  'operator.role-given',
  'operator.data-exported',
  'operator.sessions-ended',
  'operator.site-exported',
  'operator.site-closure-planned',
  'operator.site-closure-cancelled',
  'operator.posts-imported',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  readonly action: AuditAction;
  readonly caseId?: string | null;
  /** Null for a member who wrote under an alias: naming them would reveal who is behind it. */
  readonly memberId?: string | null;
  readonly postId?: string | null;
  readonly communityId?: string | null;
  readonly reason?: string;
  /** The details of the change. Never text that somebody wrote under an alias. */
  readonly detail?: object;
}

/**
 * Records the actions of moderators, administrators and jobs. The only writer of the table
 * `moderation_log`; a database trigger rejects updates and deletes.
 */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  /** Records access to sensitive data, at most once an hour for the same subject. */
  async writeRead(tx: Tx, actorId: string, entry: AuditEntry): Promise<void> {
    const memberId = entry.memberId ?? null;
    const postId = entry.postId ?? null;
    const lately = await executeIn(
      tx,
      `
        select 1
        from moderation_log
        where actor_id = :actorId
          and deed = :action
          and member_id is not distinct from :memberId::bigint
          and post_id is not distinct from :postId::bigint
          and created_at > :since
      `,
      {
        actorId,
        action: entry.action,
        memberId,
        postId,
        since: later(this.clock.now(), -HOUR),
      },
    );
    if (lately === 0) await this.write(tx, actorId, entry);
  }

  /**
   * @param tx the transaction of the action itself, so that both are stored or neither
   * @param actorId null for the site itself
   * @param at when it happened, for past actions of the demo; defaults to now
   */
  async write(
    tx: Tx,
    actorId: string | null,
    entry: AuditEntry,
    at: Date = this.clock.now(),
  ): Promise<void> {
    await executeIn(
      tx,
      `
        insert into moderation_log (actor_id, deed, case_id, member_id, post_id, community_id,
          reason, detail, created_at)
        values (:actorId, :action, :caseId, :memberId, :postId, :communityId, :reason, :detail, :at)
      `,
      {
        actorId,
        action: entry.action,
        caseId: entry.caseId ?? null,
        memberId: entry.memberId ?? null,
        postId: entry.postId ?? null,
        communityId: entry.communityId ?? null,
        reason: entry.reason ?? '',
        detail: JSON.stringify(entry.detail ?? {}),
        at,
      },
    );
  }
}
