import type { Translator } from '../../i18n/translator.js';
import { RULES } from './actions.js';

/** "Rule 2: Leave out how it is done"; any other rule verbatim; null if empty. */
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

/** The key by which a decision form refers to a rule of the community's own guidelines. */
export function groupRuleKey(version: number, number: number): string {
  return `group:${version}:${number}`;
}

/** @returns null if the key is not that of a community's rule */
export function readGroupRuleKey(key: string): { version: number; number: number } | null {
  const found = /^group:(\d{1,6}):(\d{1,3})$/.exec(key);
  return found === null ? null : { version: Number(found[1]), number: Number(found[2]) };
}
