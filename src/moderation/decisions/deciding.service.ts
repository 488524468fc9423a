import { Injectable } from '@nestjs/common';
import { Clock, later } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, Forbidden } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { caseRaised } from '../../review/cases.events.js';
import { ACTION_FACTS } from '../core/actions.js';
import { AppealAnswers, type AppealedDecision } from './appeal-answers.js';
import { CaseAccess, type AccessibleCase } from '../core/case-access.js';
import { StaleCase } from '../core/stale-case.js';
import { checkForm } from './decide-rules.js';
import { DecideForm } from './decide.dto.js';
import { DecisionRecord, type Deciders } from './decision-record.service.js';
import { Effects } from './effects.service.js';
import { decisionMade } from '../core/moderation.events.js';
import { AuditLog } from '../../review/audit-log.js';
import { ThreadCare } from '../../threads/thread-care.service.js';
import { needsSecondAfter, needsSecondBefore, SECOND_REVIEW_WITHIN } from './dual-control.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

/** The outcome: the decision was carried out, or waits for a second person. */
export interface RecordedDecision {
  readonly decisionId: string | null;
  readonly waits: boolean;
  readonly open: boolean;
}

/**
 * Carries out a moderator's decision in one transaction: authorise, check the version of the case,
 * apply the effects, record the decision, close the case, notify.
 */
@Injectable()
export class Deciding {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly caseAccess: CaseAccess,
    private readonly effects: Effects,
    private readonly appeals: AppealAnswers,
    private readonly records: DecisionRecord,
    private readonly auditLog: AuditLog,
    private readonly threads: ThreadCare,
  ) {}

  /**
   * @param check a further condition, checked while the case is locked
   * @throws StaleCase if a colleague acted first, or the case changed since the form was opened
   */
  async decide(
    viewer: Viewer,
    id: string,
    sent: DecideForm,
    check?: (tx: Tx) => Promise<void>,
  ): Promise<RecordedDecision> {
    const access = await this.caseAccess.load(viewer, id);
    if (access.involved) throw new Forbidden('moderation.error.involved');
    checkForm(sent, access, viewer);
    return this.database.inTransaction(async (tx) => {
      await this.lock(tx, id, viewer.memberId, sent.version);
      await check?.(tx);
      const rule = await this.records.citedRule(tx, access.communityId, sent.rule);
      const form = Object.assign(new DecideForm(), sent, { rule });
      const appealed = access.kind === 'appeal' ? await this.appeals.appealed(tx, access) : null;
      if (needsSecondBefore(form, { tier: access.tier, appealedTier: appealed?.tier ?? null }))
        return this.propose(tx, viewer, access, form);
      return this.carryOut(
        tx,
        { actorId: viewer.memberId, secondId: null },
        access,
        form,
        appealed,
      );
    });
  }

  /** Carries out a proposal once the second person agrees. Both people are recorded. */
  async second(
    viewer: Viewer,
    access: AccessibleCase,
    tx: Tx,
    proposal: { askedBy: string; form: DecideForm },
  ): Promise<RecordedDecision> {
    await this.lock(tx, access.id, viewer.memberId, '');
    const appealed = access.kind === 'appeal' ? await this.appeals.appealed(tx, access) : null;
    return this.carryOut(
      tx,
      { actorId: proposal.askedBy, secondId: viewer.memberId },
      access,
      proposal.form,
      appealed,
    );
  }

  private async lock(tx: Tx, id: string, viewerId: string, version: string): Promise<void> {
    const [row] = await queryIn<{
      version: number;
      state: string;
      claimedBy: string | null;
      claimed: boolean | null;
      paired: boolean;
    }>(
      tx,
      `
        select version, state, claimed_by as "claimedBy", claimed_until > :now as claimed,
          exists (select 1
            from case_pairs x
            where x.case_id = :id and x.member_id = :viewerId) as paired
        from review_cases
        where id = :id
        for update
      `,
      { id, now: this.clock.now(), viewerId },
    );
    const taken = row?.claimed === true && row.claimedBy !== viewerId && !row.paired;
    if (row?.state !== 'open' || taken || (version !== '' && Number(version) !== row.version))
      throw new StaleCase();
  }

  private async propose(
    tx: Tx,
    viewer: Viewer,
    access: AccessibleCase,
    form: DecideForm,
  ): Promise<RecordedDecision> {
    const inserted = await queryIn<object>(
      tx,
      `
        insert into proposals (case_id, asked_by, form, created_at)
        values (:caseId, :viewerId, :form, :now)
        on conflict
        do nothing
        returning id
      `,
      {
        caseId: access.id,
        viewerId: viewer.memberId,
        form: JSON.stringify(form),
        now: this.clock.now(),
      },
    );
    if (inserted.length === 0) throw new StaleCase();
    // Releases the claim, so that the colleague who answers can take the case.
    await executeIn(
      tx,
      'update review_cases set claimed_by = null, claimed_until = null where id = :caseId',
      { caseId: access.id },
    );
    await this.auditLog.write(tx, viewer.memberId, {
      action: 'case.proposed',
      caseId: access.id,
      communityId: access.communityId,
      detail: { action: form.action },
    });
    await this.outbox.append(tx, caseRaised({ caseId: access.id }));
    return { decisionId: null, waits: true, open: true };
  }

  private async carryOut(
    tx: Tx,
    deciders: Deciders,
    access: AccessibleCase,
    form: DecideForm,
    appealed: AppealedDecision | null,
  ): Promise<RecordedDecision> {
    const target = await this.records.target(tx, access);
    if (
      target.staff &&
      ACTION_FACTS[form.action].on === 'member' &&
      ACTION_FACTS[form.action].restricts &&
      !(await this.isAdmin(tx, deciders.actorId))
    )
      throw new FieldError('action', 'moderation.error.staff');
    const applied =
      appealed === null
        ? await this.effects.apply(tx, target, form, deciders.actorId)
        : await this.appeals.apply(tx, target, form, appealed, deciders.actorId);
    const decisionId = await this.records.insert(
      tx,
      deciders,
      access,
      form,
      target,
      applied,
      appealed,
    );
    if (appealed !== null) await this.appeals.answer(tx, access.id, form, appealed);
    const closes = ACTION_FACTS[form.action].closes;
    if (closes) await this.records.close(tx, access.id, form);
    else await this.records.keepOpen(tx, access, form);
    if (applied.movedTo !== undefined && target.threadId !== null)
      await this.threads.moveCases(tx, target.threadId, applied.movedTo);
    if (
      needsSecondAfter(form, { tier: access.tier, appealedTier: null }) &&
      deciders.secondId === null
    ) {
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          insert into follow_ups (case_id, decision_id, due_at, created_at)
          values (:caseId, :decisionId, :until, :now)
        `,
        { caseId: access.id, decisionId, until: later(now, SECOND_REVIEW_WITHIN), now },
      );
    }
    await this.outbox.append(tx, decisionMade({ decisionId }));
    return { decisionId, waits: false, open: !closes };
  }

  private async isAdmin(tx: Tx, memberId: string): Promise<boolean> {
    const [row] = await queryIn<{ admin: boolean }>(
      tx,
      `select role = 'admin' as admin from members where id = :memberId`,
      { memberId },
    );
    return row?.admin === true;
  }
}
