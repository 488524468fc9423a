import { describe, expect, it } from '@jest/globals';
import { isShortPlan, type PlanStep } from './plan.view.js';

const step = (lines: number, length: number): PlanStep => ({
  part: 'alone',
  title: 'What I can do on my own',
  lines: Array.from({ length: lines }, () => ({ text: 'x'.repeat(length), tel: null })),
  items: [],
  helplines: [],
});
const plan = (lines: number, length: number): PlanStep[] =>
  Array.from({ length: 7 }, () => step(lines, length));

describe('isShortPlan', () => {
  it('is true for a plan of a few short lines, and false for one that fills the page', () => {
    expect(isShortPlan(plan(3, 20))).toBe(true);
    expect(isShortPlan(plan(6, 100))).toBe(false);
  });

  it('counts the lines that a long entry takes', () => {
    expect(isShortPlan(plan(3, 32))).toBe(true);
    expect(isShortPlan(plan(3, 200))).toBe(false);
  });
});
