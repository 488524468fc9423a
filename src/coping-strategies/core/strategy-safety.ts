import { readFileSync } from 'node:fs';

interface Rule {
  key: string;
  pattern: string;
}

/**
 * What no strategy may say, as data: doses, restriction, self-injury in other clothes, and ways to
 * reach somebody.
 */
const RULES = (
  JSON.parse(readFileSync(new URL('./safety-rules.json', import.meta.url), 'utf8')) as Rule[]
).map(({ key, pattern }) => ({ key, pattern: new RegExp(pattern, 'iu') }));

export const SAFETY_RULES: readonly string[] = RULES.map(({ key }) => key);

/** The words of a strategy, whichever fields they stand in. */
export interface SafetyText {
  field: string;
  text: string;
}

/**
 * The first rule that speaks, and where. It says what to change and blames nobody; a moderator
 * reads what passes.
 * @returns null where no rule speaks
 */
export function unsafeIn(texts: readonly SafetyText[]): { field: string; rule: string } | null {
  for (const { field, text } of texts) {
    const plain = text.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
    const rule = RULES.find(({ pattern }) => pattern.test(plain));
    if (rule !== undefined) return { field, rule: rule.key };
  }
  return null;
}
