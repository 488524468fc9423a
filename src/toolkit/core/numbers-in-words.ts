import type { Translator } from '../../i18n/translator.js';
/** "4", "from 3 to 6", or empty. */
export function ratingInWords(
  row: { level: number | null; before: number | null; after: number | null },
  i18n: Translator,
): string {
  if (row.level !== null) return i18n.t('toolkit.said.level', { number: row.level });
  if (row.before !== null && row.after !== null)
    return i18n.t('toolkit.said.both', { from: row.before, to: row.after });
  if (row.before !== null) return i18n.t('toolkit.said.before', { number: row.before });
  return row.after === null ? '' : i18n.t('toolkit.said.after', { number: row.after });
}
