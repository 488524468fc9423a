import { Injectable } from '@nestjs/common';
import { Clock, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import type { Viewer } from '../../http/viewer.js';
import { CaseAccess } from '../core/case-access.js';
import { CLAIM_LEASE } from '../core/case-order.js';
import { StaleCase } from '../core/stale-case.js';
import { AuditLog, type AuditAction } from '../../review/audit-log.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

/**
 * Claims on cases, so that no two moderators read the same text. A claim is a lease that expires
 * after `CLAIM_LEASE`.
 */
@Injectable()
export class Claims {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Claims a case; claiming again renews the lease.
   * @throws StaleCase if a colleague has claimed the case, or it is closed
   */
  async claim(viewer: Viewer, id: string): Promise<void> {
    await this.caseAccess.load(viewer, id);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      const taken = await queryIn<object>(
        tx,
        `update review_cases set claimed_by = :viewerId, claimed_until = :until
         where id = :id
           and state = 'open'
           and (claimed_by is null or claimed_by = :viewerId or claimed_until <= :now)
         returning id`,
        { id, viewerId: viewer.memberId, until: later(now, CLAIM_LEASE), now },
      );
      if (taken.length === 0) throw new StaleCase();
      await executeIn(tx, 'delete from case_passes where case_id = :id and member_id = :viewerId', {
        id,
        viewerId: viewer.memberId,
      });
      await this.auditLog.write(tx, viewer.memberId, { action: 'case.claimed', caseId: id });
    });
  }

  async release(viewer: Viewer, id: string): Promise<void> {
    await this.endClaim(viewer, id, 'case.released');
  }

  /**
   * Removes the case from the viewer's queue. Requires no reason and leaves only an audit log
   * entry: nobody has to read what is too much for them today.
   */
  async pass(viewer: Viewer, id: string): Promise<void> {
    await this.endClaim(viewer, id, 'case.passed');
  }

  /** Records that the viewer opened the text, once for each reader. */
  async read(viewer: Viewer, id: string): Promise<void> {
    await this.caseAccess.load(viewer, id);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        'update review_cases set first_read_at = coalesce(first_read_at, :now) where id = :id',
        { id, now },
      );
      const fresh = await queryIn<object>(
        tx,
        `
          insert into case_reads (case_id, member_id, read_at)
          values (:id, :viewerId, :now)
          on conflict
          do nothing
          returning case_id
        `,
        { id, viewerId: viewer.memberId, now },
      );
      if (fresh.length > 0)
        await this.auditLog.write(tx, viewer.memberId, { action: 'case.read', caseId: id });
    });
  }

  private async endClaim(viewer: Viewer, id: string, action: AuditAction): Promise<void> {
    await this.caseAccess.load(viewer, id);
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update review_cases
          set claimed_by = null, claimed_until = null
          where id = :id and claimed_by = :viewerId
        `,
        { id, viewerId: viewer.memberId },
      );
      if (action === 'case.passed')
        await executeIn(
          tx,
          `
            insert into case_passes (case_id, member_id, passed_at)
            values (:id, :viewerId, :now)
            on conflict
            do nothing
          `,
          { id, viewerId: viewer.memberId, now: this.clock.now() },
        );
      await this.auditLog.write(tx, viewer.memberId, { action, caseId: id });
    });
  }
}
