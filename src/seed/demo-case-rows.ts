import { Clock, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, getIn } from '../kernel/sql.js';
import { AuditLog } from '../review/audit-log.js';
import { assessRisk } from '../triage/assess-risk.js';
import type { PostRow } from './demo-posts.js';
import { randomFor } from './random.js';

/** The fields of a new case. */
export interface Opening {
  kind: 'post' | 'member' | 'strategy' | 'appeal';
  subjectId: string;
  communityId: string | null;
  tier: string;
  openedAt: Date;
  dueAt: Date;
  why: readonly (readonly [string, string])[];
  text?: string;
}

const COLUMN = {
  post: 'post_id',
  member: 'member_id',
  strategy: 'strategy_id',
  appeal: 'decision_id',
} as const;

/** A decision on a case, `minutes` after it was opened. */
interface Decision {
  action: string;
  by: string;
  openedAt: Date;
  minutes: number;
  rule: string;
  reason: string;
  foundBy: string;
}

/** Inserts the rows of the demo's cases: openings, reports, notes and decisions. */
export class DemoCaseRows {
  private readonly auditLog = new AuditLog(new Clock());
  private reports = 0;
  private decisions = 0;

  constructor(
    private readonly tx: Tx,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  async open(opening: Opening): Promise<string> {
    const assessment = opening.text === undefined ? null : assessRisk(opening.text);
    const row = await getIn<{ id: string }>(
      this.tx,
      `
        insert into review_cases (kind, ${COLUMN[opening.kind]}, community_id, tier, signals,
          rules_version, due_at, opened_at)
        values (:kind, :subjectId, :communityId, :tier, :signals, :rulesVersion, :dueAt, :openedAt)
        returning id
      `,
      {
        kind: opening.kind,
        subjectId: opening.subjectId,
        communityId: opening.communityId,
        tier: opening.tier,
        signals: JSON.stringify(assessment?.signals ?? []),
        rulesVersion: assessment?.rulesVersion ?? null,
        dueAt: opening.dueAt,
        openedAt: opening.openedAt,
      },
    );
    for (const [source, reason] of opening.why)
      await executeIn(
        this.tx,
        `
          insert into case_reasons (case_id, source, reason, created_at)
          values (:caseId, :source, :reason, :openedAt)
        `,
        { caseId: row.id, source, reason, openedAt: opening.openedAt },
      );
    return row.id;
  }

  async report(
    caseId: string,
    about: { id: string | null; title: string; body: string },
    by: string,
    reason: string,
    note: string,
    at: Date,
    answeredAt: Date | null,
  ): Promise<void> {
    await executeIn(
      this.tx,
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at, answered_at, outcome)
        values (:number, :caseId, :aboutId, :reporterId, :reason, :note, :snapshot, :at,
          :answeredAt, case
          when :answeredAt::timestamptz is null then null
          else 'no-action' end)
      `,
      {
        number: reference('R', (this.reports += 1)),
        caseId,
        aboutId: about.id,
        reporterId: this.id(by),
        reason,
        note,
        snapshot: JSON.stringify({
          title: about.title,
          body: about.body,
          summary: '',
          contentWarnings: [],
          version: 1,
        }),
        at,
        answeredAt,
      },
    );
  }

  async note(caseId: string, by: string, body: string, at: Date): Promise<void> {
    await executeIn(
      this.tx,
      `
        insert into case_notes (case_id, author_id, body, created_at)
        values (:caseId, :authorId, :body, :at)
      `,
      { caseId, authorId: this.id(by), body, at },
    );
  }

  /** @returns the decision's id */
  async close(caseId: string, post: PostRow, decision: Decision): Promise<string> {
    const at = later(decision.openedAt, decision.minutes * MINUTE);
    const isNotified = decision.action === 'remove' || decision.action === 'hide';
    const before = isNotified
      ? {
          post: {
            status: 'published',
            heldFor: null,
            membersOnly: false,
            folded: false,
            addedNotes: [],
          },
        }
      : {};
    const row = await getIn<{ id: string }>(
      this.tx,
      `
        insert into decisions (number, case_id, post_id, member_id, actor_id, action, rule, reason,
          detail, found_by, created_at)
        values (:number, :caseId, :postId, :authorId, :actorId, :action, :rule, :reason, :detail,
          :foundBy, :at)
        returning id
      `,
      {
        number: `D-${reference('D', (this.decisions += 1))}`,
        caseId,
        postId: post.id,
        authorId: post.authorId,
        actorId: this.id(decision.by),
        action: decision.action,
        rule: decision.rule,
        reason: decision.reason,
        detail: JSON.stringify({
          before,
          alias: false,
          message: '',
          notes: [],
          held: false,
          told: isNotified,
        }),
        foundBy: decision.foundBy,
        at,
      },
    );
    await executeIn(
      this.tx,
      `
        update review_cases
        set state = 'closed', closed_at = :at, outcome = :action, version = 2, first_read_at = :at
        where id = :caseId
      `,
      { caseId, at, action: decision.action },
    );
    await executeIn(
      this.tx,
      `
        update reports
        set outcome = 'acted', answered_at = :at
        where case_id = :caseId and answered_at is null
      `,
      { caseId, at },
    );
    await this.auditLog.write(
      this.tx,
      this.id(decision.by),
      {
        action: 'case.decided',
        caseId,
        memberId: post.authorId,
        postId: post.id,
        communityId: post.communityId,
        reason: decision.reason,
        detail: { decision: row.id, action: decision.action, rule: decision.rule, second: null },
      },
      at,
    );
    return row.id;
  }

  private id(handle: string): string {
    const id = this.ids.get(handle);
    if (id === undefined) throw new Error(`nobody is called ${handle}`);
    return id;
  }
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

function reference(kind: string, at: number): string {
  const random = randomFor(6, `${kind}${at}`);
  return Array.from({ length: 8 }, () => LETTERS.charAt(random.below(LETTERS.length))).join('');
}
