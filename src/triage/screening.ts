import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';
import { assessRisk } from './assess-risk.js';
import { OutOfTime, timeBudget, type Budget } from '../kernel/time-budget.js';
import type { Assessment, RiskContext } from './risk.js';

/** Why a text was not screened, as stored as the reason of its case. */
export type Unscreened =
  'screening-off' | 'screening-failed' | 'screening-late' | 'language-not-screened';

/** Whether screening should have worked but did not. */
export function isFailure(why: Unscreened | null): why is 'screening-failed' | 'screening-late' {
  return why === 'screening-failed' || why === 'screening-late';
}

/**
 * Processor time in milliseconds for all checks of one text. It bounds how long a request can block
 * the event loop. The longest post takes a twentieth of it on a small machine.
 */
export const SCREENING_TIME = 1_000;

/** The result of a part of screening, or the reason why there is none. */
export type Attempt<T> =
  | { readonly result: T; readonly unscreened: null }
  | { readonly result: null; readonly unscreened: Unscreened };

export interface Screened extends Assessment {
  /** Set if the tier is `unknown`. */
  readonly unscreened: Unscreened | null;
}

const failures = statement<{ since: Date }, { failed: boolean }>(
  'safety.screening-failed',
  `
    select exists (select 1
      from case_reasons r
      where r.source = 'triage'
        and r.reason = 'screening-failed'
        and r.created_at > :since) as failed
  `,
);

/**
 * Assesses how soon a text should be read. Never throws: a text that could not be screened is
 * `unknown`.
 */
@Injectable()
export class Screening {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Replaceable in specs. */
  assess: (text: string, context: RiskContext, budget: Budget) => Assessment = assessRisk;

  /** Starts the time budget that all checks of one text share. */
  budget(): Budget {
    return timeBudget(this.clock, SCREENING_TIME);
  }

  screen(text: string, context: RiskContext = {}, budget: Budget = this.budget()): Screened {
    if (this.config.TRIAGE === 'off') return notScreened('screening-off');
    const { result, unscreened } = this.attempt(() => this.assess(text, context, budget));
    if (result === null) return notScreened(unscreened);
    return { ...result, unscreened: result.tier === 'unknown' ? 'language-not-screened' : null };
  }

  /**
   * Runs a part of screening. Never throws, because a text that cannot be screened needs a person
   * to read it.
   */
  attempt<T>(work: () => T): Attempt<T> {
    try {
      return { result: work(), unscreened: null };
    } catch (error) {
      this.logger.error('screening failed', describeError(error));
      const unscreened = error instanceof OutOfTime ? 'screening-late' : 'screening-failed';
      return { result: null, unscreened };
    }
  }

  /**
   * State for the banner of the queue: `failing` if any process failed to screen within the last
   * hour.
   */
  async state(): Promise<'on' | 'off' | 'failing'> {
    if (this.config.TRIAGE === 'off') return 'off';
    const row = await this.sql.first(failures, { since: later(this.clock.now(), -HOUR) });
    return row?.failed === true ? 'failing' : 'on';
  }
}

function notScreened(unscreened: Unscreened): Screened {
  return { tier: 'unknown', named: 'unknown', signals: [], rulesVersion: 'none', unscreened };
}
