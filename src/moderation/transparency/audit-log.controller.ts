import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { isId } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { AUDIT_ACTIONS } from '../../review/audit-log.js';
import { auditLogRows } from './audit-log.queries.js';
import { auditLogView, ROWS_PER_PAGE, type AuditLogFilter } from './audit-log.view.js';

const NEWEST = '9223372036854775807';

/** The audit log, for moderators. Rows are added and never changed. */
@Moderator()
@Controller('mod/log')
export class AuditLogController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = filterOf(req);
    const before = textQuery(req, 'before');
    const rows = await this.sql.rows(auditLogRows, {
      ...filter,
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      beforeId: isId(before) ? before : NEWEST,
      limit: ROWS_PER_PAGE + 1,
    });
    return page('moderation/log', auditLogView(rows, filter, i18n), {
      titleKey: 'moderation.log.title',
    });
  }
}

function filterOf(req: Request): AuditLogFilter {
  const caseId = textQuery(req, 'case');
  return {
    action: AUDIT_ACTIONS.find((known) => known === textQuery(req, 'deed')) ?? null,
    who: handleIn(req, 'who'),
    member: handleIn(req, 'member'),
    caseId: isId(caseId) ? caseId : null,
  };
}

function handleIn(req: Request, name: string): string | null {
  const text = (textQuery(req, name) ?? '').trim().replace(/^@/, '');
  return /^[a-zA-Z][a-zA-Z0-9-]{2,23}$/.test(text) ? text : null;
}
