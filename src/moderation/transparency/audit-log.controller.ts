import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { isId } from '../../kernel/ids.js';
import type { Translator } from '../../i18n/translator.js';
import { AUDIT_ACTIONS } from '../../review/audit-log.js';
import { AuditLogEntries, type AuditLogFilter } from './audit-log.service.js';
import { auditLogView } from './audit-log.view.js';

/** The audit log, for moderators. It is append-only. */
@Moderator()
@Controller('mod/log')
export class AuditLogController {
  constructor(private readonly entries: AuditLogEntries) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = filterOf(req);
    const rows = await this.entries.before(viewer, filter, textQuery(req, 'before'));
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
