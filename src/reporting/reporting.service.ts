import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { newReference } from '../kernel/ids.js';
import { Sql, executeIn, queryIn } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { PostAccess, type AccessiblePost } from '../posts/post-access.js';
import { canReport } from '../posts/posts.policy.js';
import { Publishing } from '../posts/publishing.service.js';
import { ReviewCases } from '../review/review-cases.js';
import { COMPLAINTS, CONCERNS, isConcern, REPORT_REASONS } from '../review/review-targets.js';
import type { NewReport } from './reporting.dto.js';
import { myReport, reportersRecord, snapshot, type ReportRow } from './reporting.queries.js';
import { weighReport, type WeighedReport } from './weigh-report.js';

/** How long what became of a report counts. */
const REMEMBERED = 90 * DAY;
const WORRIES = Object.keys(CONCERNS);
const HIDING = Object.entries(COMPLAINTS).flatMap(([reason, facts]) =>
  'hides' in facts ? [reason] : [],
);

/**
 * Telling the moderators of a post. Whoever wrote it is told nothing by this, least of all who
 * reported it.
 */
@Injectable()
export class Reporting {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly postAccess: PostAccess,
    private readonly cases: ReviewCases,
    private readonly publishing: Publishing,
  ) {}

  /**
   * Sent twice for one reason, it is one report.
   * @param many its sender says more often than anybody needs that somebody is in danger: each is
   *   read, with less haste
   * @returns its number
   */
  async report(viewer: Viewer, postId: string, form: NewReport, many = false): Promise<string> {
    const post = await this.reportable(viewer, postId);
    const now = this.clock.now();
    const record = await this.sql.first(reportersRecord, {
      reporter: viewer.memberId,
      reportedPost: postId,
      reason: WORRIES,
      reasonsThatHide: HIDING,
      sinceDay: later(now, -DAY),
      since: later(now, -REMEMBERED),
    });
    if (record === null) throw new NotFound();
    const weighed = weighReport(form.reason, { ...record, many });
    return this.database.inTransaction(async (tx) => {
      // Two clicks at once take turns here, and the second finds what the first has written.
      await executeIn(tx, 'select 1 from members where id = :viewerId for update', {
        viewerId: viewer.memberId,
      });
      const before = await this.before(tx, viewer, postId, form.reason);
      if (before !== null) return before;
      const number = await this.write(tx, viewer, post, form, weighed);
      if (weighed.hides && post.status === 'published')
        await this.takeFromSight(tx, postId, form.reason);
      if (weighed.doubted) await this.tellOfMisuse(tx, viewer, post);
      return number;
    });
  }

  async reportable(viewer: Viewer, postId: string): Promise<AccessiblePost> {
    const post = await this.postAccess.load(viewer, postId);
    if (!canReport(post)) throw new Forbidden('reporting.error.own');
    return post;
  }

  /**
   * An outcome that its reporter does not understand is looked at once more.
   * @param allow refuses what is asked too often, by its reason
   */
  async askAgain(
    viewer: Viewer,
    number: string,
    allow: (reason: string) => Promise<void>,
  ): Promise<void> {
    const report = await this.sql.first(myReport, { viewerId: viewer.memberId, number });
    if (report === null || report.answeredAt === null || report.postId === null)
      throw new NotFound();
    await allow(report.reason);
    await this.database.inTransaction((tx) => this.reopen(tx, report));
  }

  private async reopen(tx: Tx, report: ReportRow): Promise<void> {
    const { floor, target } = reasonOf(report.reason);
    const opened = await this.cases.open(tx, {
      subject: { kind: 'post', postId: report.postId ?? '' },
      communityId: report.communityId,
      tier: floor,
      reasons: [{ source: 'report', reason: 'asked-again' }],
      target,
    });
    await executeIn(
      tx,
      `update reports r set case_id = :openedId, answered_at = null
       where r.id = :reportId
         and not exists (select 1
           from reports o
           where o.case_id = :openedId
             and o.reporter_id = r.reporter_id
             and o.reason = r.reason
             and o.id <> r.id)`,
      { reportId: report.id, openedId: opened.id },
    );
  }

  private async before(
    tx: Tx,
    viewer: Viewer,
    postId: string,
    reason: string,
  ): Promise<string | null> {
    const [row] = await queryIn<{ number: string }>(
      tx,
      `
        select r.number
        from reports r
        join review_cases c on c.id = r.case_id
        where r.reporter_id = :viewerId
          and r.post_id = :postId
          and r.reason = :reason
          and c.state = 'open'
      `,
      { viewerId: viewer.memberId, postId, reason },
    );
    return row?.number ?? null;
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    post: AccessiblePost,
    form: NewReport,
    weighed: WeighedReport,
  ): Promise<string> {
    const source = isConcern(form.reason) ? 'concern' : 'report';
    const reasons = [
      { source, reason: form.reason } as const,
      ...(weighed.doubted ? [{ source: 'concern', reason: 'by-one-person' } as const] : []),
    ];
    const opened = await this.cases.open(tx, {
      subject: { kind: 'post', postId: post.id },
      communityId: post.communityId,
      tier: weighed.tier,
      reasons,
      target: weighed.target,
    });
    const [seen] = await this.sql.rowsIn(tx, snapshot, { postId: post.id });
    const number = newReference();
    await executeIn(
      tx,
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at)
        values (:number, :openedId, :postId, :viewerId, :reason, :note, :seen, :now)
      `,
      {
        number,
        openedId: opened.id,
        postId: post.id,
        viewerId: viewer.memberId,
        reason: form.reason,
        note: form.note,
        seen: JSON.stringify(seen ?? {}),
        now: this.clock.now(),
      },
    );
    return number;
  }

  // Its author reads why and until when; the clock is the case's own.
  private async takeFromSight(tx: Tx, postId: string, reason: string): Promise<void> {
    const [open] = await queryIn<{ until: Date }>(
      tx,
      `
        select due_at as until
        from review_cases
        where kind = 'post' and post_id = :postId and state = 'open'
      `,
      { postId },
    );
    await this.publishing.hold(tx, postId, {
      why: reason === 'personal-details' ? 'detail' : 'rule',
      until: open?.until ?? null,
    });
  }

  // Worry can be a weapon. The case is about whoever sends it, and names nobody that it was sent
  // about.
  private async tellOfMisuse(tx: Tx, viewer: Viewer, post: AccessiblePost): Promise<void> {
    await this.cases.open(tx, {
      subject: { kind: 'member', memberId: viewer.memberId },
      communityId: post.communityId,
      tier: 'watch',
      reasons: [{ source: 'concern', reason: 'misused' }],
    });
  }
}

function reasonOf(reason: string): (typeof REPORT_REASONS)[keyof typeof REPORT_REASONS] {
  return Object.hasOwn(REPORT_REASONS, reason)
    ? REPORT_REASONS[reason as keyof typeof REPORT_REASONS]
    : REPORT_REASONS.other;
}
