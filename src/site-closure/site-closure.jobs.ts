import { Injectable } from '@nestjs/common';
import { MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { RetryLater } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { Mailer, type Email } from '../mail/mailer.js';
import { Handles, type Job } from '../queue/job.js';
import {
  closureOf,
  membersToTell,
  type ClosureRow,
  type ClosureRecipient,
} from './site-closure.queries.js';
import { SiteClosures } from './site-closures.service.js';

// A type alias and not an interface, because job data must be plain records of ids.
type News = { closureId: string; asked: number };

const PAGE = 100;

/**
 * Emails the latest announcement to every member. Idempotent: each member gets it once. An
 * announcement superseded by a newer one is not sent.
 */
@Injectable()
@Handles('mail-site-closure', 'bulk')
export class MailSiteClosureJob implements Job<News> {
  constructor(
    private readonly sql: Sql,
    private readonly mailer: Mailer,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  async run({ closureId, asked }: News): Promise<void> {
    let wait = false;
    for (let after = '0'; ;) {
      // Reloaded for each page, as the plan may be cancelled while emails are being sent.
      const closure = await this.sql.first(closureOf, { closureId });
      if (closure === null || closure.toldAt.getTime() !== asked) return;
      const members = await this.sql.rows(membersToTell, { after, limit: PAGE });
      const emails = members.map((member) => this.email(member, closure, asked));
      const states = await this.mailer.deliverAll(emails);
      wait ||= [...states.values()].some((state) => state !== 'sent' && state !== 'refused');
      const last = members.at(-1);
      if (last === undefined || members.length < PAGE) break;
      after = last.id;
    }
    if (wait) throw new RetryLater(MINUTE);
  }

  private email(member: ClosureRecipient, closure: ClosureRow, asked: number): Email {
    const locale = this.messages.forMails(member.locale);
    const i18n = new Translator(this.messages, locale, new Date(asked));
    return {
      key: `site-closure:${closure.id}:${asked}:${member.id}`,
      kind: 'account',
      memberId: member.id,
      to: member.email,
      locale,
      template: closure.cancelledAt === null ? 'site-closing' : 'site-staying',
      view: {
        readOnly: i18n.calendarDay(closure.readOnlyAt),
        wipe: i18n.calendarDay(closure.wipeAt),
        home: this.config.baseUrl,
      },
    };
  }
}

@Injectable()
@Handles('remind-of-site-closure', 'default')
export class RemindOfSiteClosureJob implements Job {
  constructor(private readonly closures: SiteClosures) {}

  run(): Promise<void> {
    return this.closures.remindDue();
  }
}
