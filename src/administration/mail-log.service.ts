import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import {
  mailFigures,
  newestMails,
  senderFaults,
  suppressionCounts,
  type MailFigureRow,
  type MailRow,
  type MailState,
  type SenderFaultRow,
  type SuppressionCountRow,
} from './mail.queries.js';

const MAX_MAILS_SHOWN = 100;

export interface MailReport {
  /** The newest deliveries. */
  mails: MailRow[];
  /** Counts by kind and state over the last day. */
  figures: MailFigureRow[];
  /** Number of suppressed addresses by reason. */
  stopped: SuppressionCountRow[];
  /** Rejections of the last seven days that concern this server. */
  faults: SenderFaultRow[];
}

@Injectable()
export class MailLog {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @param state filter; null for all deliveries */
  async report(state: MailState | null): Promise<MailReport> {
    return {
      mails: await this.sql.rows(newestMails, { state, limit: MAX_MAILS_SHOWN }),
      figures: await this.sql.rows(mailFigures, { since: later(this.clock.now(), -DAY) }),
      stopped: await this.sql.rows(suppressionCounts),
      faults: await this.sql.rows(senderFaults, { since: later(this.clock.now(), -7 * DAY) }),
    };
  }
}
