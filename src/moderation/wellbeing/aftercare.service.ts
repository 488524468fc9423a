import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { ReviewCases } from '../../review/review-cases.js';
import { CaseAccess } from '../core/case-access.js';
import { AuditLog } from '../../review/audit-log.js';
import { Sql, executeIn } from '../../kernel/sql.js';
import { ownAftercare } from './aftercare.queries.js';

/** After a crisis: a message to the team from a member who replied, and an update in the thread. */
@Injectable()
export class Aftercare {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cases: ReviewCases,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws NotFound if the note is not the viewer's */
  async requireOwn(viewer: Viewer, noteId: string): Promise<void> {
    const own = await this.sql.first(ownAftercare, { id: noteId, viewerId: viewer.memberId });
    if (own === null) throw new NotFound();
  }

  /**
   * Opens a case about the member who writes. It does not link to the thread, as they may have
   * replied under an alias.
   */
  async toTeam(viewer: Viewer, body: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const { id } = await this.cases.open(tx, {
        subject: { kind: 'member', memberId: viewer.memberId },
        communityId: null,
        tier: 'watch',
        reasons: [{ source: 'author', reason: 'message' }],
      });
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          insert into case_notes (case_id, author_id, body, created_at)
          select :id, :viewerId, :body, :now::timestamptz
          where not exists (select 1
            from case_notes n
            where n.case_id = :id
              and n.author_id = :viewerId
              and n.body = :body
              and n.created_at > :now::timestamptz - interval '1 hour')
        `,
        { id, viewerId: viewer.memberId, body, now },
      );
    });
  }

  /**
   * @param body empty for the neutral line
   * @param agreed whether the author of the thread agreed to any other text
   * @throws FieldError if they did not
   */
  async updateThread(viewer: Viewer, caseId: string, body: string, agreed: boolean): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    if (access.postId === null) throw new NotFound();
    if (body !== '' && !agreed) throw new FieldError('agreed', 'moderation.error.update-agreed');
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          insert into thread_updates (thread_id, body, author_agreed, written_by, created_at)
          select p.thread_id, :body, :agreed, :viewerId, :now
          from posts p
          where p.id = :postId
         on conflict (thread_id)
         do update set body = excluded.body, author_agreed = excluded.author_agreed,
           written_by = excluded.written_by, created_at = excluded.created_at`,
        { postId: access.postId, body, agreed, viewerId: viewer.memberId, now: this.clock.now() },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'thread.updated',
        caseId,
        postId: access.postId,
        communityId: access.communityId,
      });
    });
  }
}
