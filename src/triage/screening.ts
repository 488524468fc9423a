import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';
import { assessRisk } from './assess-risk.js';
import { OutOfTime, timeBudget, type Budget } from '../kernel/time-budget.js';
import type { Assessment, RiskContext } from './risk.js';

/** Why a text was not screened, as the case's reason says it. */
export type Unscreened =
  'screening-off' | 'screening-failed' | 'screening-late' | 'language-not-screened';

/** Whether the text should have been read and could not be. */
export function isFailure(why: Unscreened | null): why is 'screening-failed' | 'screening-late' {
  return why === 'screening-failed' || why === 'screening-late';
}

/**
 * Milliseconds for everything that is asked of one text. The longest post takes a twentieth of it
 * on a small machine; whoever posts, and everybody behind them, waits no longer.
 */
export const SCREENING_TIME = 1_000;

/** What a part of screening came to, or why it came to nothing. */
export type Attempt<T> =
  | { readonly result: T; readonly unscreened: null }
  | { readonly result: null; readonly unscreened: Unscreened };

export interface Screened extends Assessment {
  /** Set where the tier is `unknown`. */
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
 * Asks the rules how soon a text should be read. Never fails and never says nothing: what could not
 * be screened is `unknown`.
 */
@Injectable()
export class Screening {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The rules. */
  assess: (text: string, context: RiskContext, budget: Budget) => Assessment = assessRisk;

  /** The time for one text, from now: one budget for all that is asked of it. */
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
   * Runs a part of screening. Never throws: a text that cannot be looked at is for a person to look
   * at.
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

  /** For the queue's banner: `failing` where any process failed to screen within the last hour. */
  async state(): Promise<'on' | 'off' | 'failing'> {
    if (this.config.TRIAGE === 'off') return 'off';
    const row = await this.sql.first(failures, { since: later(this.clock.now(), -HOUR) });
    return row?.failed === true ? 'failing' : 'on';
  }
}

function notScreened(unscreened: Unscreened): Screened {
  return { tier: 'unknown', named: 'unknown', signals: [], rulesVersion: 'none', unscreened };
}
