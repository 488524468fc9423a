import type { Translator } from '../../i18n/translator.js';
import { RULES } from './actions.js';
/** "Rule 2: Leave out how"; what is no rule of the site's stands as it was written. */
export function ruleWords(rule: string, i18n: Translator): string | null {
  if (rule === '') return null;
  const at = RULES.findIndex((known, index) => known === rule || String(index + 1) === rule);
  const key = RULES[at];
  return key === undefined
    ? rule
    : i18n.t('moderation.rule.numbered', {
        number: at + 1,
        rule: i18n.t(`moderation.rule.${key}`),
      });
}
