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
import { keepMail, ownRefusedMail, type RefusedMail } from './refused-mails.queries.js';

/** A mail that sounds like danger, or that could not be screened. */
export interface Plea {
  readonly body: string;
  readonly found: Screened;
}

/**
 * Mails that cannot be posted and sound like danger. Each is kept, for the team and for its writer.
 */
@Injectable()
export class RefusedMails {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
    private readonly cases: ReviewCases,
    private readonly notifier: Notifier,
  ) {}

  /** @returns null for a text without danger: it is not kept, and its writer still has it */
  pleaIn(text: string): Plea | null {
    const found = mailScreening(this.screening)(text);
    const failed = isFailure(found.unscreened);
    // PostgreSQL stores no text with the character U+0000.
    return failed || namesDanger(found) ? { body: text.replaceAll('\0', ''), found } : null;
  }

  /**
   * Keeps a plea, opens a case about its writer, and leaves them a notice with helplines. The case
   * belongs to no community and names no thread, so that it does not say who is behind an alias.
   */
  async keep(tx: Tx, memberId: string, { body, found }: Plea): Promise<void> {
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
    const [kept] = await this.sql.rowsIn(tx, keepMail, {
      memberId,
      caseId: opened.id,
      body,
      now: this.clock.now(),
    });
    if (kept !== undefined)
      await this.notifier.notify(tx, 'mail-kept', { memberId, subjectId: kept.id });
  }

  /** @throws NotFound for a mail of somebody else */
  async own(viewer: Viewer, id: string): Promise<RefusedMail> {
    const mail = await this.sql.first(ownRefusedMail, { memberId: viewer.memberId, id });
    if (mail === null) throw new NotFound();
    return mail;
  }
}
