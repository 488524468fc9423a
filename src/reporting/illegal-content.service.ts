import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { newReference } from '../kernel/ids.js';
import { runIdempotent } from '../kernel/sent-once.js';
import { Sql, queryIn, executeIn } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { isStaff, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { ReviewCases } from '../review/review-cases.js';
import { ILLEGAL } from '../review/review-targets.js';
import { Places, type Place } from './places.js';
import type { IllegalContent } from './reporting.dto.js';
import { reportReceived } from './reporting.events.js';
import { moderatesCommunity, noteWith, snapshot, strategySnapshot } from './reporting.queries.js';

/** Reports of illegal content, from anybody, anonymous or not. */
@Injectable()
export class IllegalContentReports {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cases: ReviewCases,
    private readonly places: Places,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Files a report. Submitting it twice within ten minutes files it once.
   * @returns the report's number
   * @throws FieldError if the URL does not exist on this site
   */
  async report(viewer: MaybeViewer, form: IllegalContent): Promise<string> {
    const place = await this.places.find(form.place);
    if (place === null) throw new FieldError('place', 'reporting.error.no-place');
    const { note, name, email } = form;
    const sent = {
      memberId: viewer?.memberId ?? null,
      what: 'illegal-content',
      words: [form.place, note, name, email],
    };
    return this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, this.clock.now(), () => this.write(tx, viewer, place, form)),
    );
  }

  /** Whether the viewer moderates the reported place: then no rate limit applies. */
  async moderates(viewer: MaybeViewer, address: string): Promise<boolean> {
    if (!mayModerate(viewer)) return false;
    if (isStaff(viewer)) return true;
    const place = await this.places.find(address);
    return (
      (await this.sql.first(moderatesCommunity, {
        memberId: viewer.memberId,
        communityId: place?.communityId ?? null,
      })) !== null
    );
  }

  private async write(
    tx: Tx,
    viewer: MaybeViewer,
    place: Place,
    form: IllegalContent,
  ): Promise<string> {
    const opened = await this.cases.open(tx, {
      subject: place.subject,
      communityId: place.communityId,
      tier: ILLEGAL.floor,
      reasons: [{ source: 'report', reason: 'illegal' }],
      target: ILLEGAL.target,
    });
    const reported = await this.textOf(tx, place);
    const number = newReference();
    const [report] = await queryIn<{ id: string; number: string }>(
      tx,
      `
        insert into reports as r (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at)
        values (:number, :caseId, :postId, :viewerId, 'illegal', :note, :snapshot, :now)
       on conflict (case_id, reporter_id, reason)
       do update set note = ${noteWith('r.note', 'excluded.note')}
       returning id, number`,
      {
        number,
        caseId: opened.id,
        postId: place.postId,
        viewerId: viewer?.memberId ?? null,
        note: form.note,
        snapshot: JSON.stringify(reported ?? {}),
        now: this.clock.now(),
      },
    );
    await executeIn(
      tx,
      `
        insert into report_contacts (report_id, place, name, email)
        values (:reportId, :place, :name, :email)
        on conflict (report_id)
        do update set name = excluded.name, email = excluded.email
      `,
      { reportId: report?.id, place: form.place, name: form.name, email: form.email },
    );
    if (report !== undefined) await this.outbox.append(tx, reportReceived({ reportId: report.id }));
    return report?.number ?? number;
  }

  private async textOf(
    tx: Tx,
    { subject }: Place,
  ): Promise<{ title: string; body: string } | undefined> {
    if (subject.kind === 'post')
      return (await this.sql.rowsIn(tx, snapshot, { postId: subject.postId }))[0];
    if (subject.kind !== 'strategy') return undefined;
    return (await this.sql.rowsIn(tx, strategySnapshot, { strategyId: subject.strategyId }))[0];
  }
}
