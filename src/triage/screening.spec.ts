import { describe, expect, it } from '@jest/globals';
import { Clock } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import type { Sql } from '../kernel/sql.js';
import { OutOfTime, timeBudget, type Budget } from '../kernel/time-budget.js';
import { checkDisclosure } from '../disclosure/disclosure-check.js';
import { assessRisk } from './assess-risk.js';
import { Screening, SCREENING_TIME } from './screening.js';
import { matchRules } from './word-rules.js';

const nobody = {} as Sql;
/** Advances by a fixed number of milliseconds on each reading. */
class SteppingClock extends Clock {
  private readings = 0;

  constructor(private readonly step: number) {
    super();
  }

  override monotonic(): number {
    this.readings += 1;
    return this.readings * this.step;
  }

  /** As if the processor had done nothing else. */
  override processorTime(): number {
    return this.readings * this.step;
  }
}

/** A clock of a machine so busy that its processor does a hundredth of the work. */
class BusyClock extends SteppingClock {
  override processorTime(): number {
    return super.processorTime() / 100;
  }
}

function screening(env: Record<string, string> = {}, clock = new Clock()): Screening {
  return new Screening(
    readConfig({ SECRET_KEY: 'k'.repeat(40), ...env }),
    nobody,
    clock,
    new Logger('silent', true),
  );
}

describe('screening', () => {
  it('passes on the assessment of the rules', () => {
    const one = screening();
    one.assess = (_text, context) => ({
      tier: context.title === 'A title' ? 'urgent' : 'none',
      named: 'none',
      signals: [],
      rulesVersion: '7',
    });
    expect(one.screen('Words', { title: 'A title' })).toEqual({
      tier: 'urgent',
      named: 'none',
      signals: [],
      rulesVersion: '7',
      unscreened: null,
    });
  });

  it('a failure yields `unknown`, never an error and never `none`', () => {
    const one = screening();
    one.assess = () => {
      throw new Error('a rule broke');
    };
    expect(one.screen('Words')).toMatchObject({ tier: 'unknown', unscreened: 'screening-failed' });
  });

  it('runs no rule if it is switched off', async () => {
    const one = screening({ TRIAGE: 'off' });
    one.assess = () => {
      throw new Error('asked');
    };
    expect(one.screen('Words')).toMatchObject({ tier: 'unknown', unscreened: 'screening-off' });
    expect(await one.state()).toBe('off');
  });

  it('reports an unsupported language', () => {
    const one = screening();
    one.assess = () => ({ tier: 'unknown', named: 'unknown', signals: [], rulesVersion: '7' });
    expect(one.screen('Words')).toMatchObject({
      tier: 'unknown',
      rulesVersion: '7',
      unscreened: 'language-not-screened',
    });
  });
});

describe('screening time budget', () => {
  const TEXTS = { title: '', body: 'We had soup. '.repeat(200), summary: '' };
  const rule = {
    id: '1',
    pattern: 'word',
    action: 'flag',
    note: null,
    tier: null,
    why: '',
  } as const;
  const works: readonly (readonly [string, number, (budget: Budget) => unknown])[] = [
    ['triage', 200, (budget) => assessRisk(TEXTS.body, {}, budget)],
    ['details', 30, (budget) => checkDisclosure(TEXTS, (kind) => kind, TEXTS, budget)],
    ['word rules', 40, (budget) => matchRules(TEXTS.body, Array(40).fill(rule), budget)],
  ];

  it.each(works)('is checked between the steps of %s, and stops them', (_what, steps, work) => {
    let asked = 0;
    work({ check: () => void (asked += 1) });
    expect(asked).toBeGreaterThanOrEqual(steps);
    // Enough for half of the steps, then for all of them.
    expect(() => work(timeBudget(new SteppingClock(2), asked))).toThrow(OutOfTime);
    expect(() => work(timeBudget(new SteppingClock(2), asked * 2))).not.toThrow();
  });

  it('makes the text `unknown` with a reason once it is spent', () => {
    const late = screening({}, new SteppingClock(SCREENING_TIME / 50));
    expect(late.screen(TEXTS.body)).toEqual({
      tier: 'unknown',
      named: 'unknown',
      signals: [],
      rulesVersion: 'none',
      unscreened: 'screening-late',
    });
    expect(late.screen('We had soup.')).toMatchObject({ tier: 'none', unscreened: null });
  });

  it('is not spent by waiting for a busy processor', () => {
    const busy = screening({}, new BusyClock(SCREENING_TIME / 50));
    expect(busy.screen(TEXTS.body)).toMatchObject({ tier: 'none', unscreened: null });
    expect(busy.screen(TEXTS.body.repeat(50))).toMatchObject({ unscreened: 'screening-late' });
  });

  it('is shared by all checks of a text', () => {
    const one = screening({}, new SteppingClock(SCREENING_TIME / 250));
    const budget = one.budget();
    expect(one.screen(TEXTS.body, {}, budget)).toMatchObject({ tier: 'none', unscreened: null });
    expect(
      one.attempt(() => checkDisclosure(TEXTS, (kind) => kind, TEXTS, budget)).result,
    ).toBeNull();
    expect(
      one.attempt(() => checkDisclosure(TEXTS, (kind) => kind, TEXTS, one.budget())).unscreened,
    ).toBeNull();
  });

  it('a fault in one check does not affect the others', () => {
    const one = screening();
    expect(one.attempt(() => 'found')).toEqual({ result: 'found', unscreened: null });
    expect(
      one.attempt(() => {
        throw new Error('a pattern broke');
      }),
    ).toEqual({ result: null, unscreened: 'screening-failed' });
  });
});
