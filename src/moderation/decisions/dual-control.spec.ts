import { describe, expect, it } from '@jest/globals';
import type { CaseTier } from '../../triage/risk.js';
import { ACTIONS, ACTION_FACTS, type Action } from '../core/actions.js';
import { DecideForm } from './decide.dto.js';
import { needsSecondAfter, needsSecondBefore } from './dual-control.js';

const form = (action: Action, days = ''): DecideForm =>
  Object.assign(new DecideForm(), { action, days });
const facts = (
  tier: CaseTier,
  appealedTier: CaseTier | null = null,
): { tier: CaseTier; appealedTier: CaseTier | null } => ({ tier, appealedTier });

describe('dual control', () => {
  it('is needed before a pause without an end, and before no other', () => {
    expect(needsSecondBefore(form('suspend', '0'), facts('watch'))).toBe(true);
    for (const days of ['1', '30', '365'])
      expect(needsSecondBefore(form('suspend', days), facts('watch'))).toBe(false);
    for (const action of ACTIONS.filter((each) => each !== 'suspend'))
      expect(needsSecondBefore(form(action, '0'), facts('crisis'))).toBe(false);
  });

  it('is needed before a crisis decision is reversed, not to uphold it or to escalate', () => {
    for (const action of ['publish', 'fold', 'hide', 'remove'] as const)
      expect(needsSecondBefore(form(action), facts('none', 'crisis'))).toBe(true);
    for (const action of ['dismiss', 'reach-out', 'escalate'] as const)
      expect(needsSecondBefore(form(action), facts('none', 'crisis'))).toBe(false);
    expect(needsSecondBefore(form('publish'), facts('none', 'urgent'))).toBe(false);
  });

  it('reviews every closed crisis, and nothing else', () => {
    for (const action of ACTIONS)
      expect([action, needsSecondAfter(form(action), facts('crisis'))]).toEqual([
        action,
        ACTION_FACTS[action].closes,
      ]);
    for (const tier of ['urgent', 'watch', 'unknown', 'none'] as const)
      expect(needsSecondAfter(form('dismiss'), facts(tier))).toBe(false);
  });
});
