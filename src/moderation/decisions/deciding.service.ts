import { Injectable } from '@nestjs/common';
import { Clock, later } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, Forbidden } from '../../kernel/errors.js';
import { newReference } from '../../kernel/ids.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { caseRaised } from '../../review/cases.events.js';
import type { ModeratedHours } from '../../review/moderated-hours.js';
import { dueBy, READ_WITHIN } from '../../review/review-targets.js';
import { FACTS, LONGEST_PAUSE_BY_COMMUNITY } from '../core/actions.js';
import { AppealAnswers, type Appealed } from './appeal-answers.js';
import { CaseAccess, type AccessibleCase } from '../core/case-access.js';
import { StaleCase } from '../core/stale-case.js';
import type { DecideForm } from './decide.dto.js';
import { Effects, type Applied, type DecisionSubject } from './effects.service.js';
import { decisionMade } from '../core/moderation.events.js';
import { AuditLog } from '../../review/audit-log.js';
import { needsSecondAfter, needsSecondBefore, SECOND_LOOK } from './dual-control.js';
import { queryIn, executeIn, getIn } from '../../kernel/sql.js';

interface Target extends DecisionSubject {
  readonly alias: boolean;
  /** They work here: what restricts them is for an administrator. */
  readonly staff: boolean;
  readonly sources: string[];
  readonly communityId: string | null;
}

/** What came of a form: it is done, or waits for a second person. */
export interface Decided {
  readonly decisionId: string | null;
  readonly waits: boolean;
  readonly open: boolean;
}

/**
 * A moderator's decision, whole or not at all: authorise, check the version, apply, write the log,
 * close the case, tell.
 */
@Injectable()
export class Deciding {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly door: CaseAccess,
    private readonly effects: Effects,
    private readonly appeals: AppealAnswers,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * @throws CaseMovedOn where a colleague was quicker or something new came in since the form was
   * opened
   */
  async decide(viewer: Viewer, id: string, form: DecideForm): Promise<Decided> {
    const access = await this.door.load(viewer, id);
    if (access.involved) throw new Forbidden('moderation.error.involved');
    check(form, access, viewer);
    return this.database.inTransaction(async (tx) => {
      await this.hold(tx, id, viewer.memberId, form.version);
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

  /** The second person's yes: what was proposed happens now, in both names. */
  async second(
    viewer: Viewer,
    access: AccessibleCase,
    tx: Tx,
    proposal: { askedBy: string; form: DecideForm },
  ): Promise<Decided> {
    await this.hold(tx, access.id, viewer.memberId, '');
    const appealed = access.kind === 'appeal' ? await this.appeals.appealed(tx, access) : null;
    return this.carryOut(
      tx,
      { actorId: proposal.askedBy, secondId: viewer.memberId },
      access,
      proposal.form,
      appealed,
    );
  }

  private async hold(tx: Tx, id: string, viewerId: string, version: string): Promise<void> {
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
  ): Promise<Decided> {
    const made = await queryIn<object>(
      tx,
      `
        insert into proposals (case_id, asked_by, form, created_at)
        values (:accessId, :viewerId, :form, :now)
        on conflict
        do nothing
        returning id
      `,
      {
        accessId: access.id,
        viewerId: viewer.memberId,
        form: JSON.stringify(form),
        now: this.clock.now(),
      },
    );
    if (made.length === 0) throw new StaleCase();
    // Free for the colleague who is to answer.
    await executeIn(
      tx,
      'update review_cases set claimed_by = null, claimed_until = null where id = :accessId',
      { accessId: access.id },
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
    who: { actorId: string; secondId: string | null },
    access: AccessibleCase,
    form: DecideForm,
    appealed: Appealed | null,
  ): Promise<Decided> {
    const target = await this.target(tx, access);
    if (
      target.staff &&
      FACTS[form.action].on === 'member' &&
      FACTS[form.action].restricts &&
      !(await this.isAdmin(tx, who.actorId))
    )
      throw new FieldError('action', 'moderation.error.staff');
    const applied =
      appealed === null
        ? await this.effects.apply(tx, target, form)
        : await this.appeals.apply(tx, target, form, appealed);
    const decisionId = await this.record(tx, who, access, form, target, applied, appealed);
    if (appealed !== null) await this.appeals.answer(tx, access.id, form, appealed);
    const closes = FACTS[form.action].closes;
    if (closes) await this.close(tx, access.id, form);
    else await this.goOn(tx, access, form);
    if (
      needsSecondAfter(form, { tier: access.tier, appealedTier: null }) &&
      who.secondId === null
    ) {
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          insert into follow_ups (case_id, decision_id, due_at, created_at)
          values (:accessId, :decisionId, :until, :now)
        `,
        { accessId: access.id, decisionId, until: later(now, SECOND_LOOK), now },
      );
    }
    await this.outbox.append(tx, decisionMade({ decisionId }));
    return { decisionId, waits: false, open: !closes };
  }

  private async target(tx: Tx, access: AccessibleCase): Promise<Target> {
    const [row] = await queryIn<Target>(
      tx,
      `
        select p.id as "postId", p.thread_id as "threadId",
          coalesce(rc.member_id, p.author_id, od.member_id) as "memberId",
          coalesce(rc.community_id, t.community_id) as "communityId",
              coalesce(p.alias_id is not null or p.name_detached, false) as alias,
                coalesce((select m.role <> 'member'
                  from members m
                  where m.id = coalesce(rc.member_id, p.author_id, od.member_id)),
                  false) as staff,
                coalesce((select array_agg(distinct r.source)
                  from case_reasons r
                  where r.case_id = rc.id),
                  '{}') as sources
       from review_cases rc
       left join decisions od on od.id = rc.decision_id
       left join posts p on p.id = coalesce(rc.post_id, od.post_id)
       left join threads t on t.id = p.thread_id
       where rc.id = :accessId`,
      { accessId: access.id },
    );
    if (row === undefined) throw new StaleCase();
    return row;
  }

  private async isAdmin(tx: Tx, memberId: string): Promise<boolean> {
    const [row] = await queryIn<{ admin: boolean }>(
      tx,
      `select role = 'admin' as admin from members where id = :memberId`,
      { memberId },
    );
    return row?.admin === true;
  }

  private async record(
    tx: Tx,
    who: { actorId: string; secondId: string | null },
    access: AccessibleCase,
    form: DecideForm,
    target: Target,
    applied: Applied,
    appealed: Appealed | null,
  ): Promise<string> {
    const detail = {
      before: applied.before,
      alias: target.alias,
      message: form.message,
      notes: form.contentWarnings,
      held: applied.before.post?.status === 'held',
      told: isTold(form, applied, appealed),
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
       values (:number, :accessId, :postId, :memberId, :actorId, :secondId, :action, :rule, :reason,
         :detail, :foundBy, :endsAt, :now)
       returning id`,
      {
        number: `D-${newReference()}`,
        accessId: access.id,
        postId: target.postId,
        memberId: target.memberId,
        actorId: who.actorId,
        secondId: who.secondId,
        action: form.action,
        rule: form.rule,
        reason: form.reason,
        detail: JSON.stringify(detail),
        foundBy: foundBy(target.sources),
        endsAt: applied.endsAt,
        now: this.clock.now(),
      },
    );
    await this.auditLog.write(tx, who.actorId, {
      action: 'case.decided',
      caseId: access.id,
      postId: target.postId,
      memberId: target.alias ? null : target.memberId,
      communityId: target.communityId,
      reason: form.reason,
      detail: { decision: row.id, action: form.action, rule: form.rule, second: who.secondId },
    });
    return row.id;
  }

  private async close(tx: Tx, id: string, form: DecideForm): Promise<void> {
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

  // Reaching out changes nothing for the case; handing on makes it a matter for whoever is next.
  private async goOn(tx: Tx, access: AccessibleCase, form: DecideForm): Promise<void> {
    if (form.action !== 'escalate') return;
    const now = this.clock.now();
    const tier = access.tier === 'crisis' || access.tier === 'urgent' ? 'crisis' : 'urgent';
    const [place] = await queryIn<{ hours: ModeratedHours }>(
      tx,
      'select hours from communities where id = :communityId',
      { communityId: access.communityId },
    );
    await executeIn(
      tx,
      `update review_cases
       set tier = :tier, due_at = least(due_at, :value3), version = version + 1, claimed_by = null,
         claimed_until = null
       where id = :accessId`,
      { accessId: access.id, tier, value3: dueBy(READ_WITHIN[tier], place?.hours ?? null, now) },
    );
    // Handed on once more, it calls people once more.
    await executeIn(
      tx,
      `
        insert into case_reasons (case_id, source, reason, created_at)
        values (:accessId, 'staff', 'escalated', :now)
       on conflict (case_id, source, reason) do update set created_at = excluded.created_at`,
      { accessId: access.id, now },
    );
    await this.outbox.append(tx, caseRaised({ caseId: access.id }));
  }
}

function check(form: DecideForm, access: AccessibleCase, viewer: Viewer): void {
  const facts = FACTS[form.action];
  const owes = facts.restricts || access.kind === 'appeal';
  if (owes && form.reason === '') throw new FieldError('reason', 'moderation.error.reason');
  if (facts.restricts && form.rule === '') throw new FieldError('rule', 'moderation.error.rule');
  if (form.action === 'add-warning' && form.contentWarnings.length === 0)
    throw new FieldError('contentWarnings', 'moderation.error.notes');
  if (form.action === 'reach-out' && form.reason === '' && form.message === '')
    throw new FieldError('message', 'moderation.error.message');
  if (form.action !== 'suspend') return;
  if (!/^\d+$/.test(form.days)) throw new FieldError('days', 'moderation.error.days');
  if (
    !isStaff(viewer) &&
    (Number(form.days) === 0 || Number(form.days) > LONGEST_PAUSE_BY_COMMUNITY)
  )
    throw new FieldError('days', 'moderation.error.days-staff', {
      days: LONGEST_PAUSE_BY_COMMUNITY,
    });
}

/** How the thing came to be looked at, as the statement says it. */
function foundBy(sources: string[]): string {
  const automatic = sources.some(
    (source) => source === 'triage' || source === 'rule' || source === 'hold',
  );
  const people = sources.some((source) => source === 'report' || source === 'concern');
  if (automatic && people) return 'both';
  return automatic ? 'screening' : people ? 'report' : 'check';
}

// Nobody hears that a post of theirs was reported and nothing came of it; whoever's words waited or
// were taken from sight does.
function isTold(form: DecideForm, applied: Applied, appealed: Appealed | null): boolean {
  if (form.action !== 'dismiss' && form.action !== 'publish') return FACTS[form.action].told;
  return appealed === null && applied.shown;
}
