import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { AUDIT_ACTIONS, type AuditAction } from '../../review/audit-log.js';
import { moderatedMemberPath } from '../../review/moderated-members.js';
import { changeText } from './audit-change.js';
import type { AuditLogRow } from './audit-log.queries.js';
import { ROWS_PER_PAGE, type AuditLogFilter } from './audit-log.service.js';

interface AuditLogLine {
  text: string;
  action: string | null;
  /** The change, with old and new value. */
  change: string | null;
  case: { href: string; label: string } | null;
  /** `href` is null if the viewer may not read the member's page. */
  member: { handle: string; href: string | null } | null;
  place: string | null;
  reason: string;
  when: string;
  iso: string;
}

export interface AuditLogView {
  tabs: { log: true };
  rows: AuditLogLine[];
  actions: SelectOption[];
  who: string;
  member: string;
  caseId: string;
  next: string | null;
}

/** @param rows up to one more than fits on a page; the extra row only signals a further page */
export function auditLogView(
  rows: readonly AuditLogRow[],
  filter: AuditLogFilter,
  i18n: Translator,
): AuditLogView {
  const shown = rows.slice(0, ROWS_PER_PAGE);
  return {
    tabs: { log: true },
    rows: shown.map((row) => line(row, i18n)),
    actions: actionOptions(filter.action, i18n),
    who: filter.who ?? '',
    member: filter.member ?? '',
    caseId: filter.caseId ?? '',
    next: rows.length > ROWS_PER_PAGE ? olderThan(shown.at(-1)?.id ?? '', filter) : null,
  };
}

/** Filter options: everything, then each action of the audit log. */
export function actionOptions(
  chosen: AuditAction | null,
  i18n: Translator,
): AuditLogView['actions'] {
  return selectOptions(['', ...AUDIT_ACTIONS], chosen ?? '', (value) =>
    value === ''
      ? i18n.t('moderation.filter.all')
      : i18n.t(`moderation.audit.${value}`, { who: i18n.t('moderation.somebody') }),
  );
}

function line(row: AuditLogRow, i18n: Translator): AuditLogLine {
  return {
    text: i18n.t(`moderation.audit.${row.action}`, {
      who: row.who ?? i18n.t('moderation.somebody'),
    }),
    action: row.decided === null ? null : i18n.t(`moderation.done.${row.decided}`),
    change: changeText(row, i18n),
    case:
      row.caseId === null
        ? null
        : {
            href: `/mod/cases/${row.caseId}`,
            label: i18n.t('moderation.queue.case', { number: row.caseId }),
          },
    member:
      row.member === null
        ? null
        : { handle: row.member, href: row.memberShown ? moderatedMemberPath(row.member) : null },
    place: row.place,
    reason: row.reason,
    when: i18n.exactly(row.at),
    iso: row.at.toISOString(),
  };
}

function olderThan(id: string, { action, who, member, caseId }: AuditLogFilter): string {
  const query = { deed: action, who, member, case: caseId, before: id };
  const set = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  return `/mod/log?${new URLSearchParams(set).toString()}`;
}
