import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import {
  mailFigures,
  newestMails,
  senderFaults,
  stoppedFigures,
  type MailFigureRow,
  type MailRow,
  type MailState,
  type SenderFaultRow,
  type StoppedRow,
} from './mail.queries.js';

const SHOWN = 100;

export interface MailReport {
  /** The newest deliveries. */
  mails: MailRow[];
  /** Counts by kind and state within a day. */
  figures: MailFigureRow[];
  /** Addresses to which no mail goes, counted by reason. */
  stopped: StoppedRow[];
  /** Refusals of the last seven days that were about this server. */
  faults: SenderFaultRow[];
}

@Injectable()
export class MailLog {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @param state of the deliveries; null for all */
  async report(state: MailState | null): Promise<MailReport> {
    return {
      mails: await this.sql.rows(newestMails, { state, limit: SHOWN }),
      figures: await this.sql.rows(mailFigures, { since: later(this.clock.now(), -DAY) }),
      stopped: await this.sql.rows(stoppedFigures),
      faults: await this.sql.rows(senderFaults, { since: later(this.clock.now(), -7 * DAY) }),
    };
  }
}
