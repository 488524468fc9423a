import type { Assessment, RiskContext } from './risk.js';

/** Replaced by the rules in the same series of commits. */
export const RULES_VERSION = '0';

/**
 * How soon a person should read this. Pure: no clock, no network, no database.
 * @param _text as written, up to 100,000 characters
 */
export function assessRisk(_text: string, _context: RiskContext = {}): Assessment {
  return { tier: 'none', signals: [], rulesVersion: RULES_VERSION };
}
