import { readFileSync } from 'node:fs';

interface Rule {
  key: string;
  pattern: string;
}

/**
 * Content that no strategy may contain: doses, restriction, disguised self-injury, contact details.
 */
const RULES = (
  JSON.parse(readFileSync(new URL('./safety-rules.json', import.meta.url), 'utf8')) as Rule[]
).map(({ key, pattern }) => ({ key, pattern: new RegExp(pattern, 'iu') }));

export const SAFETY_RULES: readonly string[] = RULES.map(({ key }) => key);

/** A text of a strategy with its form field. */
export interface SafetyText {
  field: string;
  text: string;
}

/**
 * Finds the first safety rule that matches. Moderators still read every text that passes.
 * @returns the field and rule, or null if no rule matches
 */
export function findUnsafeText(
  texts: readonly SafetyText[],
): { field: string; rule: string } | null {
  for (const { field, text } of texts) {
    const plain = text.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
    const rule = RULES.find(({ pattern }) => pattern.test(plain));
    if (rule !== undefined) return { field, rule: rule.key };
  }
  return null;
}
