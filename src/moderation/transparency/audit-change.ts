import type { Translator } from '../../i18n/translator.js';
import type { AuditLogRow } from './audit-log.queries.js';

/** The change recorded in a log entry, with old and new value; null if none was recorded. */
export function changeText({ action, changed }: AuditLogRow, i18n: Translator): string | null {
  if (changed === null) return null;
  const values = {
    from: valueText(action, changed.from, i18n),
    to: valueText(action, changed.to, i18n),
  };
  return changed.key === null
    ? i18n.t('moderation.log.change', values)
    : i18n.t('moderation.log.setting-change', {
        ...values,
        setting: i18n.t(`moderation.log.setting.${changed.key}`),
      });
}

function valueText(action: AuditLogRow['action'], value: unknown, i18n: Translator): string {
  if (typeof value === 'boolean') return i18n.t(`moderation.log.${value ? 'yes' : 'no'}`);
  if (typeof value !== 'string' || value === '') return i18n.t('moderation.log.nothing');
  switch (action) {
    case 'member.role-given':
      return i18n.t(`administration.members.role.${value}`);
    case 'community.visibility-changed':
      return i18n.t(`communities.visibility.${value}.short`);
    default:
      return i18n.t('moderation.log.words', { words: value });
  }
}
