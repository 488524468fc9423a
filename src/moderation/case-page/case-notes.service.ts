import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { runIdempotent } from '../../kernel/sent-once.js';
import { executeIn } from '../../kernel/sql.js';
import { CaseAccess } from '../core/case-access.js';

/** Notes that moderators leave for each other in a case. */
@Injectable()
export class CaseNotes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly caseAccess: CaseAccess,
  ) {}

  /** Sent twice within ten minutes, it is one. @throws NotFound for a case that the viewer may not see */
  async add(viewer: Viewer, caseId: string, body: string): Promise<void> {
    await this.caseAccess.load(viewer, caseId);
    const { memberId } = viewer;
    const now = this.clock.now();
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, { memberId, what: 'case-note', words: [caseId, body] }, now, () =>
        executeIn(
          tx,
          `
            insert into case_notes (case_id, author_id, body, created_at)
            values (:caseId, :memberId, :body, :now)
          `,
          { caseId, memberId, body, now },
        ),
      ),
    );
  }
}
