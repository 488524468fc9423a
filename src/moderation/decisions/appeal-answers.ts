import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { Tx } from '../../kernel/database.js';
import { FieldError } from '../../kernel/errors.js';
import type { CaseTier } from '../../triage/risk.js';
import type { Action } from '../core/actions.js';
import type { AccessibleCase } from '../core/case-access.js';
import { StaleCase } from '../core/stale-case.js';
import type { DecideForm } from './decide.dto.js';
import { Effects, type AppliedDecision, type DecisionSubject } from './effects.service.js';
import { Reversals } from './reversals.service.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

/** The appealed decision. */
export interface AppealedDecision {
  readonly id: string;
  readonly action: Action;
  readonly tier: CaseTier;
  readonly caseId: string;
}

/**
 * Answers appeals: `dismiss` upholds the decision, `publish` reverses it, any other action replaces
 * it. Only that one decision is reversed. Nobody who took part in it may answer.
 */
@Injectable()
export class AppealAnswers {
  constructor(
    private readonly effects: Effects,
    private readonly reversals: Reversals,
    private readonly clock: Clock,
  ) {}

  async appealed(tx: Tx, access: AccessibleCase): Promise<AppealedDecision> {
    const [row] = await queryIn<AppealedDecision>(
      tx,
      `select d.id, d.action, d.case_id as "caseId", rc.tier
       from decisions d
       join review_cases rc on rc.id = d.case_id
       where d.id = :decisionId
       for update of d`,
      { decisionId: access.decisionId },
    );
    if (row === undefined) throw new StaleCase();
    return row;
  }

  async apply(
    tx: Tx,
    subject: DecisionSubject,
    form: DecideForm,
    appealed: AppealedDecision,
    actorId: string,
  ): Promise<AppliedDecision> {
    if (form.action === 'dismiss') return { before: {}, endsAt: null, shown: false };
    if (form.action === 'reach-out' || form.action === 'escalate')
      return this.effects.apply(tx, subject, form, actorId);
    if (appealed.action === 'dismiss' && form.action === 'publish')
      throw new FieldError('action', 'moderation.error.nothing-to-reverse');
    await this.reversals.undo(tx, subject, appealed.id);
    await executeIn(
      tx,
      'update decisions set reversed_at = :now where id = :appealedId and reversed_at is null',
      { appealedId: appealed.id, now: this.clock.now() },
    );
    return form.action === 'publish'
      ? { before: {}, endsAt: null, shown: false }
      : this.effects.apply(tx, subject, form, actorId, false);
  }

  async answer(
    tx: Tx,
    caseId: string,
    form: DecideForm,
    appealed: AppealedDecision,
  ): Promise<void> {
    const outcomes: Partial<Record<Action, string>> = {
      dismiss: 'upheld',
      publish: 'reversed',
      'reach-out': '',
      escalate: '',
    };
    const outcome = outcomes[form.action] ?? 'changed';
    if (outcome === '') return;
    const now = this.clock.now();
    await executeIn(
      tx,
      `
        update appeals
        set outcome = :outcome, answer = :reason, decided_at = :now
        where case_id = :caseId and outcome is null
      `,
      { caseId, outcome, reason: form.reason, now },
    );
    // Reporters are told that their report was upheld after all.
    if (appealed.action === 'dismiss' && outcome === 'changed')
      await executeIn(tx, `update reports set outcome = 'acted' where case_id = :caseId`, {
        caseId: appealed.caseId,
      });
  }
}
