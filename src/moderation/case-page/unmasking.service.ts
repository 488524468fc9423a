import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { Sql, statement, queryIn, executeIn } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { caseRaised } from '../../review/cases.events.js';
import { CaseAccess } from '../core/case-access.js';
import { aliasUnmasked } from '../core/moderation.events.js';
import { StaleCase } from '../core/stale-case.js';
import { AuditLog } from '../../review/audit-log.js';

/** How long both people who agreed can see the handle, in milliseconds. */
export const UNMASKED_FOR = HOUR;

export interface Unmasking {
  id: string;
  reason: string;
  who: string;
  /** The viewer made the request. */
  mine: boolean;
  /** Null while the request is pending. */
  allowed: boolean | null;
  /** Set only for the two people who agreed, and only until `shownUntil`. */
  handle: string | null;
  shownUntil: Date | null;
}

/** The newest unmasking request of a case. */
const latest = statement<{ caseId: string; viewerId: string; now: Date }, Unmasking>(
  'moderation.unmasking',
  `
    select u.id, u.reason, a.handle::text as who, u.asked_by = :viewerId as mine, u.allowed,
      u.shown_until as "shownUntil",
          case when u.allowed
            and u.shown_until > :now
            and :viewerId in (u.asked_by, u.settled_by) then (select m.handle::text
              from thread_aliases x
              join members m on m.id = x.member_id
              where x.id = u.alias_id) end as handle
   from unmaskings u
   join members a on a.id = u.asked_by
   where u.case_id = :caseId
   order by u.id desc
   limit 1`,
);

/** The newest unmasking request of a case, locked: at most one is pending, and it is the newest. */
const NEWEST = `
  select id, asked_by as "askedBy", reason, settled_by as "settledBy",
    settled_at as "settledAt", allowed
  from unmaskings
  where case_id = :caseId
  order by id desc
  limit 1
  for update
`;

interface UnmaskingRow {
  id: string;
  askedBy: string;
  reason: string;
  settledBy: string | null;
  settledAt: Date | null;
  allowed: boolean | null;
}

const underAlias = statement<{ caseId: string }, { masked: boolean }>(
  'moderation.under-alias',
  `
    select exists (select 1
      from review_cases rc
      left join decisions od on od.id = rc.decision_id
      join posts p on p.id = coalesce(rc.post_id, od.post_id)
      where rc.id = :caseId and p.alias_id is not null) as masked
  `,
);

/**
 * Unmasks an alias: needs a reason and two people, lasts an hour, is recorded in the audit log, and
 * notifies the administrators.
 */
@Injectable()
export class UnmaskingAliases {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  of(viewer: Viewer, caseId: string): Promise<Unmasking | null> {
    return this.sql.first(latest, { caseId, viewerId: viewer.memberId, now: this.clock.now() });
  }

  /** Whether the case is about a post under an alias. */
  async masked(caseId: string): Promise<boolean> {
    return (await this.sql.first(underAlias, { caseId }))?.masked === true;
  }

  /**
   * Sent twice, it is one request.
   * @throws StaleCase if a colleague's request is pending
   * @throws NotFound if the post is not under an alias
   */
  async ask(viewer: Viewer, caseId: string, reason: string): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      const requests = await queryIn<object>(
        tx,
        `insert into unmaskings (case_id, alias_id, asked_by, reason, created_at)
         select :caseId, p.alias_id, :viewerId, :reason, :now
         from posts p
         join thread_aliases x on x.id = p.alias_id and x.member_id is not null
         where p.id = :postId
         on conflict
         do nothing
         returning id`,
        { caseId, postId: access.postId, viewerId: viewer.memberId, reason, now: this.clock.now() },
      );
      if (requests.length === 0) {
        const [pending] = await queryIn<UnmaskingRow>(tx, NEWEST, { caseId });
        if (pending === undefined) throw new NotFound();
        if (pending.askedBy === viewer.memberId && pending.reason === reason) return;
        throw new StaleCase();
      }
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'alias.asked',
        caseId,
        postId: access.postId,
        communityId: access.communityId,
        reason,
      });
      await this.outbox.append(tx, caseRaised({ caseId }));
    });
  }

  /**
   * Records the second person's answer. After a refusal nobody sees the handle. Sent twice, it is
   * one answer.
   * @throws StaleCase if a colleague answered first
   */
  async settle(viewer: Viewer, caseId: string, allowed: boolean, note: string): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<UnmaskingRow>(tx, NEWEST, { caseId });
      if (row === undefined) throw new NotFound();
      if (row.settledAt !== null) {
        if (row.settledBy === viewer.memberId && row.allowed === allowed) return;
        throw new StaleCase();
      }
      if (row.askedBy === viewer.memberId) throw new Forbidden('moderation.error.same-person');
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          update unmaskings
          set settled_by = :viewerId, settled_at = :now, allowed = :allowed, shown_until = case
            when :allowed then :until::timestamptz end
          where id = :rowId
        `,
        { rowId: row.id, viewerId: viewer.memberId, now, allowed, until: later(now, UNMASKED_FOR) },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: allowed ? 'alias.allowed' : 'alias.refused',
        caseId,
        postId: access.postId,
        communityId: access.communityId,
        reason: note,
      });
      if (allowed) await this.outbox.append(tx, aliasUnmasked({ unmaskingId: row.id, caseId }));
    });
  }
}
