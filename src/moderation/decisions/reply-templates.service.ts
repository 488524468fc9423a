import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { runIdempotent, type FormSubmission } from '../../kernel/sent-once.js';
import { executeIn, findIn, Sql } from '../../kernel/sql.js';
import { AuditLog } from '../../review/audit-log.js';
import { replyTemplates, type ReplyTemplateRow } from '../core/reply-templates.queries.js';
import type { ReplyTemplateForm } from './reply-templates.dto.js';

/** Openings for messages to members, shared by the moderators. */
@Injectable()
export class ReplyTemplates {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  all(): Promise<ReplyTemplateRow[]> {
    return this.sql.rows(replyTemplates);
  }

  /** Sent twice within ten minutes, it is one. */
  async add(viewer: Viewer, { tier, title, body }: ReplyTemplateForm): Promise<void> {
    const template = { tier, title, body };
    const sent: FormSubmission = {
      memberId: viewer.memberId,
      what: 'template',
      words: Object.values(template),
      stands: async (tx) =>
        (await findIn(
          tx,
          `
            select 1
            from reply_templates
            where tier = :tier and title = :title and body = :body and retired_at is null
          `,
          template,
        )) !== null,
    };
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, this.clock.now(), () =>
        this.writeIn(
          tx,
          viewer,
          `
            insert into reply_templates (tier, title, body, updated_by, updated_at)
            values (:tier, :title, :body, :viewerId, :now)
          `,
          template,
        ),
      ),
    );
  }

  /** @throws NotFound if the template does not exist or is retired */
  edit(viewer: Viewer, id: string, { tier, title, body }: ReplyTemplateForm): Promise<void> {
    return this.write(
      viewer,
      `
        update reply_templates
        set tier = :tier, title = :title, body = :body, updated_by = :viewerId, updated_at = :now
        where id = :id and retired_at is null
      `,
      { id, tier, title, body },
    );
  }

  /** @throws NotFound if the template does not exist or is retired */
  retire(viewer: Viewer, id: string): Promise<void> {
    return this.write(
      viewer,
      `
        update reply_templates
        set updated_by = :viewerId, updated_at = :now, retired_at = :now
        where id = :id and retired_at is null
      `,
      { id },
    );
  }

  private async write(viewer: Viewer, text: string, fields: Record<string, string>): Promise<void> {
    await this.database.inTransaction((tx) => this.writeIn(tx, viewer, text, fields));
  }

  private async writeIn(
    tx: Tx,
    viewer: Viewer,
    text: string,
    fields: Record<string, string>,
  ): Promise<void> {
    const changed = await executeIn(tx, text, {
      ...fields,
      viewerId: viewer.memberId,
      now: this.clock.now(),
    });
    if (changed === 0) throw new NotFound();
    await this.auditLog.write(tx, viewer.memberId, { action: 'template.changed' });
  }
}
