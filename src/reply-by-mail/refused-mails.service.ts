import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { Notifier } from '../notifications/notify/notifier.service.js';
import { ReviewCases } from '../review/review-cases.js';
import { isFailure, Screening, type Screened } from '../triage/screening.js';
import { namesDanger } from './graver-part.js';
import { mailScreening } from './screen-pieces.js';
import { storeRefusedMail, ownRefusedMail, type RefusedMail } from './refused-mails.queries.js';

/** An email that names danger, or that could not be screened. */
export interface DistressMail {
  readonly body: string;
  readonly found: Screened;
}

/** Emails that cannot be posted and name danger. Each is stored, for the team and its author. */
@Injectable()
export class RefusedMails {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
    private readonly cases: ReviewCases,
    private readonly notifier: Notifier,
  ) {}

  /** @returns null for a text without danger: it is not stored, and its author still has it */
  pleaIn(text: string): DistressMail | null {
    const screened = mailScreening(this.screening)(text);
    const failed = isFailure(screened.unscreened);
    // PostgreSQL cannot store the character U+0000 in text.
    return failed || namesDanger(screened)
      ? { body: text.replaceAll('\0', ''), found: screened }
      : null;
  }

  /**
   * Stores a cry for help, opens a case about its author, and creates a notice with helplines for
   * them. The case belongs to no community and names no thread, so that it does not reveal who is
   * behind an alias.
   */
  async keep(tx: Tx, memberId: string, { body, found }: DistressMail): Promise<void> {
    const opened = await this.cases.open(tx, {
      subject: { kind: 'member', memberId },
      communityId: null,
      tier: found.tier,
      reasons: [
        { source: 'triage', reason: found.unscreened ?? found.tier },
        { source: 'hold', reason: 'refused-mail' },
      ],
      signals: found.signals,
      rulesVersion: found.rulesVersion,
    });
    const [kept] = await this.sql.rowsIn(tx, storeRefusedMail, {
      memberId,
      caseId: opened.id,
      body,
      now: this.clock.now(),
    });
    if (kept !== undefined)
      await this.notifier.notify(tx, 'mail-kept', { memberId, subjectId: kept.id });
  }

  /** @throws NotFound for somebody else's email */
  async own(viewer: Viewer, id: string): Promise<RefusedMail> {
    const mail = await this.sql.first(ownRefusedMail, { memberId: viewer.memberId, id });
    if (mail === null) throw new NotFound();
    return mail;
  }
}
