import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';
import { assessRisk } from './assess-risk.js';
import type { Assessment, RiskContext } from './risk.js';

/** Why a text was not screened, as the case's reason says it. */
export type Unscreened = 'screening-off' | 'screening-failed' | 'language-not-screened';

export interface Screened extends Assessment {
  /** Set where the tier is `unknown`. */
  readonly unscreened: Unscreened | null;
}

const failures = statement<{ failed: boolean }>(
  'safety.screening-failed',
  `select exists (select 1 from case_reasons r where r.source = 'triage' and r.reason = 'screening-failed' and r.created_at > $1) as failed`,
);

/** Asks the rules how soon a text should be read. Never fails and never says nothing: what could not be screened is `unknown`. */
@Injectable()
export class Screening {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The rules. */
  assess: (text: string, context: RiskContext) => Assessment = assessRisk;

  screen(text: string, context: RiskContext = {}): Screened {
    if (this.config.TRIAGE === 'off') return notScreened('screening-off');
    try {
      const assessment = this.assess(text, context);
      return { ...assessment, unscreened: assessment.tier === 'unknown' ? 'language-not-screened' : null };
    } catch (error) {
      this.logger.error('screening failed', describeError(error));
      return notScreened('screening-failed');
    }
  }

  /** For the queue's banner: `failing` where any process failed to screen within the last hour. */
  async state(): Promise<'on' | 'off' | 'failing'> {
    if (this.config.TRIAGE === 'off') return 'off';
    const row = await this.sql.first(failures, [later(this.clock.now(), -HOUR)]);
    return row?.failed === true ? 'failing' : 'on';
  }
}

function notScreened(unscreened: Unscreened): Screened {
  return { tier: 'unknown', signals: [], rulesVersion: 'none', unscreened };
}
