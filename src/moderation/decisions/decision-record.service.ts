import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { Tx } from '../../kernel/database.js';
import { FieldError } from '../../kernel/errors.js';
import { newReference } from '../../kernel/ids.js';
import { executeIn, getIn, queryIn } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import { caseRaised } from '../../review/cases.events.js';
import type { ModeratedHours } from '../../review/moderated-hours.js';
import { dueBy, READ_WITHIN } from '../../review/review-targets.js';
import { isDangerous } from '../../triage/risk.js';
import type { AccessibleCase } from '../core/case-access.js';
import { readGroupRuleKey } from '../core/rule-labels.js';
import { StaleCase } from '../core/stale-case.js';
import type { AppealedDecision } from './appeal-answers.js';
import { detectionSource, notifiesMember } from './decide-rules.js';
import type { DecideForm } from './decide.dto.js';
import type { AppliedDecision, DecisionSubject } from './effects.service.js';

/** The people who decide: `secondId` is the second person, if the decision took two. */
export interface Deciders {
  readonly actorId: string;
  readonly secondId: string | null;
}

export interface DecisionTarget extends DecisionSubject {
  readonly alias: boolean;
  /** The member is staff, so only an administrator may restrict them. */
  readonly staff: boolean;
  readonly sources: string[];
  readonly communityId: string | null;
}

/**
 * Writes the rows of a decision: the decision itself, its audit log entry, the state of the case.
 */
@Injectable()
export class DecisionRecord {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
  ) {}

  /** Loads the object under review. @throws StaleCase if the case is gone */
  async target(tx: Tx, access: AccessibleCase): Promise<DecisionTarget> {
    const [row] = await queryIn<DecisionTarget>(
      tx,
      `
        select p.id as "postId", p.thread_id as "threadId",
          coalesce(rc.member_id, p.author_id, od.member_id, s.member_id) as "memberId",
          coalesce(rc.community_id, t.community_id) as "communityId",
              coalesce(p.alias_id is not null or p.name_detached, s.credit_from = 'alias', false) as alias,
                coalesce((select m.role <> 'member'
                  from members m
                  where m.id = coalesce(rc.member_id, p.author_id, od.member_id, s.member_id)),
                  false) as staff,
                coalesce((select array_agg(distinct r.source)
                  from case_reasons r
                  where r.case_id = rc.id),
                  '{}') as sources
       from review_cases rc
       left join decisions od on od.id = rc.decision_id
       left join posts p on p.id = coalesce(rc.post_id, od.post_id)
       left join threads t on t.id = p.thread_id
       left join coping_strategies s on s.id = rc.strategy_id
       where rc.id = :caseId`,
      { caseId: access.id },
    );
    if (row === undefined) throw new StaleCase();
    return row;
  }

  /**
   * Replaces the key of a community's own rule with its text, so that a statement cites the rule as
   * it stood. Any other rule is returned unchanged.
   * @throws FieldError if the community has no such rule
   */
  async citedRule(tx: Tx, communityId: string | null, rule: string): Promise<string> {
    const key = readGroupRuleKey(rule);
    if (key === null) return rule;
    const [row] = await queryIn<{ words: string | null }>(
      tx,
      `
        select rules[:number::int] as words
        from community_guidelines
        where community_id = :communityId and version = :version
      `,
      { communityId, ...key },
    );
    if (row === undefined || row.words === null)
      throw new FieldError('rule', 'moderation.error.rule');
    return row.words;
  }

  /** @returns the id of the decision */
  async insert(
    tx: Tx,
    deciders: Deciders,
    access: AccessibleCase,
    form: DecideForm,
    target: DecisionTarget,
    applied: AppliedDecision,
    appealed: AppealedDecision | null,
  ): Promise<string> {
    const detail = {
      before: applied.before,
      alias: target.alias,
      // Its posts can move to another thread later, which the decision is not about.
      thread: applied.before.thread === undefined ? undefined : target.threadId,
      message: form.message,
      notes: form.contentWarnings,
      held: applied.before.post?.status === 'held',
      told: notifiesMember(form, applied, appealed),
      scope: form.action === 'suspend' ? form.scope || 'suspend' : undefined,
      forever: form.action === 'suspend' && applied.endsAt === null,
      movedTo: applied.movedTo,
      appealOf: appealed?.id,
    };
    const row = await getIn<{ id: string }>(
      tx,
      `
        insert into decisions (number, case_id, post_id, member_id, actor_id, second_id, action,
          rule, reason, detail, found_by, ends_at, created_at)
       values (:number, :caseId, :postId, :memberId, :actorId, :secondId, :action, :rule, :reason,
         :detail, :foundBy, :endsAt, :now)
       returning id`,
      {
        number: `D-${newReference()}`,
        caseId: access.id,
        postId: target.postId,
        memberId: target.memberId,
        actorId: deciders.actorId,
        secondId: deciders.secondId,
        action: form.action,
        rule: form.rule,
        reason: form.reason,
        detail: JSON.stringify(detail),
        foundBy: detectionSource(target.sources),
        endsAt: applied.endsAt,
        now: this.clock.now(),
      },
    );
    await this.auditLog.write(tx, deciders.actorId, {
      action: 'case.decided',
      caseId: access.id,
      postId: target.postId,
      memberId: target.alias ? null : target.memberId,
      communityId: target.communityId,
      reason: form.reason,
      detail: { decision: row.id, action: form.action, rule: form.rule, second: deciders.secondId },
    });
    return row.id;
  }

  /** Closes the case and answers its reports. */
  async close(tx: Tx, id: string, form: DecideForm): Promise<void> {
    const now = this.clock.now();
    await executeIn(
      tx,
      `
        update review_cases
        set state = 'closed', closed_at = :now, outcome = :action, version = version + 1,
          claimed_by = null, claimed_until = null, first_read_at = coalesce(first_read_at, :now)
        where id = :id
      `,
      { id, now, action: form.action },
    );
    await executeIn(
      tx,
      `
        update reports
        set outcome = :outcome, answered_at = :now
        where case_id = :id and answered_at is null
      `,
      {
        id,
        outcome: form.action === 'dismiss' || form.action === 'publish' ? 'no-action' : 'acted',
        now,
      },
    );
  }

  /** Reaching out leaves the case unchanged; escalating raises its urgency. */
  async keepOpen(tx: Tx, access: AccessibleCase, form: DecideForm): Promise<void> {
    if (form.action !== 'escalate') return;
    const now = this.clock.now();
    const tier = isDangerous(access.tier) ? 'crisis' : 'urgent';
    const [place] = await queryIn<{ hours: ModeratedHours }>(
      tx,
      'select hours from communities where id = :communityId',
      { communityId: access.communityId },
    );
    await executeIn(
      tx,
      `update review_cases
       set tier = :tier, due_at = least(due_at, :dueAt), version = version + 1, claimed_by = null,
         claimed_until = null
       where id = :caseId`,
      { caseId: access.id, tier, dueAt: dueBy(READ_WITHIN[tier], place?.hours ?? null, now) },
    );
    // A newer row restarts the calls of the escalation policy.
    await executeIn(
      tx,
      `
        insert into case_reasons (case_id, source, reason, created_at)
        values (:caseId, 'staff', 'escalated', :now)
       on conflict (case_id, source, reason) do update set created_at = excluded.created_at`,
      { caseId: access.id, now },
    );
    await this.outbox.append(tx, caseRaised({ caseId: access.id }));
  }
}
