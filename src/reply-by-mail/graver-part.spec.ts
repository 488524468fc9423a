import { describe, expect, it } from '@jest/globals';
import type { CaseTier } from '../triage/risk.js';
import { isGraverPart } from './graver-part.js';

function isGraver(part: CaseTier, rest: CaseTier): { graver: boolean; screened: string[] } {
  const tiers: Record<string, CaseTier> = { part, rest };
  const screened: string[] = [];
  const graver = isGraverPart('part', 'rest', (text) => {
    screened.push(text);
    const tier = tiers[text] ?? 'unknown';
    return { tier, named: tier };
  });
  return { graver, screened };
}

describe('a part of a mail that would be left out', () => {
  it.each<[CaseTier, CaseTier, boolean]>([
    ['crisis', 'none', true],
    ['crisis', 'urgent', true],
    ['watch', 'none', true],
    ['urgent', 'urgent', false],
    ['urgent', 'crisis', false],
  ])('of %s beside a rest of %s: graver %s', (part, rest, graver) => {
    expect(isGraver(part, rest)).toEqual({ graver, screened: ['part', 'rest'] });
  });

  it.each<CaseTier>(['none', 'unknown'])('of %s costs no screening of the rest', (part) => {
    expect(isGraver(part, 'none')).toEqual({ graver: false, screened: ['part'] });
  });

  it('is no watch where the classifier alone finds one', () => {
    const tiers = { tier: 'watch', named: 'none' } as const;
    expect(isGraverPart('part', 'rest', () => tiers)).toBe(false);
  });
});
