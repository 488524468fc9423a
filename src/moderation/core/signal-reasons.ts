import type { Translator } from '../../i18n/translator.js';
import { languageName } from '../../posts/text-language.view.js';
import type { Signal } from '../../triage/risk.js';

/** The key in `rules/languages.json` of the phrases in all languages without an entry of their own. */
const MIXED = 'other';

/**
 * What a rule found, in the language of the page.
 * @param signal as stored with its case. The reason of a word rule is in the words of whoever added
 *   it. A rule that no longer exists keeps the reason that was stored with it, if there is one.
 */
export function signalReason(
  { rule, why }: Pick<Signal, 'rule' | 'why'>,
  i18n: Translator,
): string {
  const [kind, code = ''] = rule.split('.');
  if (kind === 'language')
    return code === MIXED
      ? i18n.t('screening.in-another-language')
      : i18n.t('screening.in-language', { language: languageName(code, i18n) });
  const key = `screening.reason.${rule}`;
  return i18n.has(key) ? i18n.t(key) : (why ?? i18n.t('screening.marked'));
}
