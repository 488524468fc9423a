import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { isId } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import type { AuditAction } from '../../review/audit-log.js';
import { auditLogRows, type AuditLogRow } from './audit-log.queries.js';

export const ROWS_PER_PAGE = 50;
/** Greater than every id. */
const NEWEST = '9223372036854775807';

/** The filter of the audit log; null means no restriction. */
export interface AuditLogFilter {
  readonly action: AuditAction | null;
  /** Handle of the person who acted. */
  readonly who: string | null;
  /** Handle of the member concerned. */
  readonly member: string | null;
  readonly caseId: string | null;
}

/** The entries of the audit log that a moderator may read; never one about themselves. */
@Injectable()
export class AuditLogEntries {
  constructor(private readonly sql: Sql) {}

  /**
   * @param beforeId id of the last entry of the previous page; anything else means the first page
   * @returns newest first, up to one more than fits on a page
   */
  before(
    viewer: Viewer,
    filter: AuditLogFilter,
    beforeId: string | undefined,
  ): Promise<AuditLogRow[]> {
    return this.sql.rows(auditLogRows, {
      ...filter,
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      beforeId: isId(beforeId) ? beforeId : NEWEST,
      limit: ROWS_PER_PAGE + 1,
    });
  }
}
