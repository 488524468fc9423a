import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { newReference } from '../kernel/ids.js';
import { Sql, executeIn, getIn, queryIn } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { PostAccess, type AccessiblePost } from '../posts/post-access.js';
import { canReport } from '../posts/posts.policy.js';
import { Publishing } from '../posts/publishing.service.js';
import { ReviewCases } from '../review/review-cases.js';
import { COMPLAINTS, CONCERNS, isConcern, REPORT_REASONS } from '../review/review-targets.js';
import { REPORT_NUMBER, type NewReport } from './reporting.dto.js';
import { reportReceived } from './reporting.events.js';
import {
  addToNote,
  earlierReport,
  ownReport,
  ownReports,
  reportersRecord,
  snapshot,
  type ReportRow,
} from './reporting.queries.js';
import { assessReport, type AssessedReport } from './assess-report.js';

/** How long the outcome of a report counts against its reporter. */
const REMEMBERED = 90 * DAY;
const REPORTS_PER_PAGE = 30;
/** Greater than every id. */
const NEWEST = '9223372036854775807';
const CONCERN_REASONS = Object.keys(CONCERNS);
/** Reports with these reasons hide the post until a moderator has read it. */
const HIDING_REASONS = Object.entries(COMPLAINTS).flatMap(([reason, facts]) =>
  'hides' in facts ? [reason] : [],
);

/** Reports of posts to the moderators. Authors never learn of a report or its reporter. */
@Injectable()
export class Reporting {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly postAccess: PostAccess,
    private readonly cases: ReviewCases,
    private readonly publishing: Publishing,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Files a report. A second one for the same reason adds its note to the first.
   * @param many the viewer reports danger unusually often: each report is still read, with less
   *   urgency
   * @returns the number of the report
   * @throws Forbidden for the viewer's own post
   */
  async report(viewer: Viewer, postId: string, form: NewReport, many = false): Promise<string> {
    const post = await this.reportable(viewer, postId);
    const now = this.clock.now();
    const record = await this.sql.first(reportersRecord, {
      reporter: viewer.memberId,
      reportedPost: postId,
      concerns: CONCERN_REASONS,
      hiding: HIDING_REASONS,
      sinceDay: later(now, -DAY),
      since: later(now, -REMEMBERED),
    });
    if (record === null) throw new NotFound();
    const weighed = assessReport(form.reason, { ...record, many });
    return this.database.inTransaction(async (tx) => {
      // Serialises concurrent submissions, so that the second finds the report of the first.
      await executeIn(tx, 'select 1 from members where id = :viewerId for update', {
        viewerId: viewer.memberId,
      });
      const [earlier] = await this.sql.rowsIn(tx, earlierReport, {
        viewerId: viewer.memberId,
        postId,
        reason: form.reason,
      });
      if (earlier !== undefined) {
        await this.sql.rowsIn(tx, addToNote, { number: earlier.number, note: form.note });
        return earlier.number;
      }
      const number = await this.write(tx, viewer, post, form, weighed);
      if (weighed.hides && post.status === 'published') await this.hide(tx, postId, form.reason);
      if (weighed.doubted) await this.openMisuseCase(tx, viewer, post);
      return number;
    });
  }

  /** @throws Forbidden for the viewer's own post @throws NotFound if they may not read it */
  async reportable(viewer: Viewer, postId: string): Promise<AccessiblePost> {
    const post = await this.postAccess.load(viewer, postId);
    if (!canReport(post)) throw new Forbidden('reporting.error.own');
    return post;
  }

  /** The viewer's newest reports. */
  own(viewer: Viewer): Promise<ReportRow[]> {
    return this.sql.rows(ownReports, {
      reporter: viewer.memberId,
      id: NEWEST,
      limit: REPORTS_PER_PAGE,
    });
  }

  /** @throws NotFound if the viewer has no report with that number */
  async load(viewer: Viewer, number: string): Promise<ReportRow> {
    const report = REPORT_NUMBER.test(number)
      ? await this.sql.first(ownReport, { viewerId: viewer.memberId, number })
      : null;
    if (report === null) throw new NotFound();
    return report;
  }

  /**
   * Requests a second review of an outcome with which the reporter disagrees.
   * @param allow throws if the viewer asks too often, by the reason of the report
   * @throws NotFound if the report has no outcome
   */
  async askAgain(
    viewer: Viewer,
    number: string,
    allow: (reason: string) => Promise<void>,
  ): Promise<void> {
    const report = await this.load(viewer, number);
    if (report.answeredAt === null || report.postId === null) throw new NotFound();
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
      `update reports r set case_id = :caseId, answered_at = null
       where r.id = :reportId
         and not exists (select 1
           from reports o
           where o.case_id = :caseId
             and o.reporter_id = r.reporter_id
             and o.reason = r.reason
             and o.id <> r.id)`,
      { reportId: report.id, caseId: opened.id },
    );
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    post: AccessiblePost,
    form: NewReport,
    weighed: AssessedReport,
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
    const [reported] = await this.sql.rowsIn(tx, snapshot, { postId: post.id });
    const number = newReference();
    const report = await getIn<{ id: string }>(
      tx,
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at)
        values (:number, :caseId, :postId, :viewerId, :reason, :note, :snapshot, :now)
        returning id
      `,
      {
        number,
        caseId: opened.id,
        postId: post.id,
        viewerId: viewer.memberId,
        reason: form.reason,
        note: form.note,
        snapshot: JSON.stringify(reported ?? {}),
        now: this.clock.now(),
      },
    );
    await this.outbox.append(tx, reportReceived({ reportId: report.id }));
    return number;
  }

  // The author is shown why the post is held, and until when: the due time of the case.
  private async hide(tx: Tx, postId: string, reason: string): Promise<void> {
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

  // Reports of concern can be used for harassment. This case is about the reporter, and does not
  // name those they reported.
  private async openMisuseCase(tx: Tx, viewer: Viewer, post: AccessiblePost): Promise<void> {
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
