import { Injectable } from '@nestjs/common';
import { Clock, later, MINUTE } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { RetryLater } from '../../kernel/errors.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Messages } from '../../i18n/messages.js';
import { Sql } from '../../kernel/sql.js';
import { Translator } from '../../i18n/translator.js';
import { Mailer } from '../../mail/mailer.js';
import { UnsubscribeTokens } from '../preferences/unsubscribe-tokens.js';
import { LONG_ABSENCE } from '../preferences/absence.js';
import { dayAround } from '../preferences/mail-timing.js';
import { INBOX } from '../preferences/notice-kinds.js';
import { noticeMailTime } from './notice-mail-time.js';
import {
  dueNotice,
  coalesceNotices,
  lockNoticeOwner,
  mailsSentToday,
  recordMailed,
  openOwner,
  postponeNotice,
  releaseNotices,
  notifiedOf,
  waitingNotices,
  type DueRow,
} from './notice-mails.queries.js';
import { noticeText } from '../inbox/notifications.view.js';
import { ReplyAddresses } from './reply-addresses.js';

const BATCH = 500;
/** Milliseconds until an email that was committed to but not completed is retried. */
const AGAIN_AFTER = 10 * MINUTE;
const keyOf = (noticeId: string): string => `notice:${noticeId}`;

/**
 * Sends emails about notices: immediately to members who chose so, after quiet hours or a pause
 * otherwise, one per burst, and at most one per notice.
 */
@Injectable()
export class NoticeMails {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly tokens: UnsubscribeTokens,
    private readonly messages: Messages,
    private readonly config: Config,
    private readonly addresses: ReplyAddresses,
  ) {}

  /** Sends the email about a notice, or schedules it. Idempotent. */
  async mail(noticeId: string): Promise<void> {
    const due = await this.database.inTransaction((tx) => this.decide(tx, noticeId));
    if (due === 'withdraw') await this.withdraw(noticeId);
    else if (due !== null) await this.send(noticeId, due);
  }

  /**
   * Sends emails that are due, and those that were not completed earlier.
   * @returns number of members emailed
   * @throws the error of an unreachable mail server; the rest waits for the next run
   */
  async mailWaiting(): Promise<number> {
    const waiting = await this.sql.rows(waitingNotices, {
      now: this.clock.now(),
      limit: BATCH,
    });
    let mailed = 0;
    for (const { id } of waiting) {
      try {
        await this.mail(id);
        mailed += 1;
      } catch (error) {
        // An email that has to wait does not block others.
        if (!(error instanceof RetryLater)) throw error;
      }
    }
    return mailed;
  }

  /** Cancels an email that is no longer wanted: the other notices in it are emailed without it. */
  private async withdraw(noticeId: string): Promise<void> {
    const key = keyOf(noticeId);
    await this.mailer.withdraw([key]);
    await this.sql.rows(releaseNotices, { noticeId, key, now: this.clock.now() });
  }

  /**
   * @returns null if this notice is not emailed now; `withdraw` if it no longer may be, although it
   *   was committed to
   */
  private async decide(tx: Tx, noticeId: string): Promise<DueRow | 'withdraw' | null> {
    const now = this.clock.now();
    await this.sql.rowsIn(tx, openOwner, { noticeId });
    await this.sql.rowsIn(tx, lockNoticeOwner, { noticeId });
    const [due] = await this.sql.rowsIn(tx, dueNotice, {
      noticeId,
      now,
      absentSince: later(now, -LONG_ABSENCE),
    });
    if (due?.frequency !== 'at-once') {
      const [notice] = await this.sql.rowsIn(tx, postponeNotice, { noticeId, when: null });
      return notice?.decided === true ? 'withdraw' : null;
    }
    // Committed to before and then interrupted: the email's key prevents a duplicate.
    const again = later(now, AGAIN_AFTER);
    if (due.mailId !== null) {
      const own = due.mailId === noticeId;
      await this.sql.rowsIn(tx, postponeNotice, { noticeId, when: own ? again : null });
      return own ? due : null;
    }
    const [load] = await this.sql.rowsIn(tx, mailsSentToday, {
      memberId: due.memberId,
      since: dayAround(now, due.timeZone).start,
      now,
    });
    const when = noticeMailTime(now, { ...due, today: load?.count ?? 0 });
    if (when > now) {
      await this.sql.rowsIn(tx, postponeNotice, { noticeId, when });
      return null;
    }
    await this.sql.rowsIn(tx, coalesceNotices, { noticeId, memberId: due.memberId, again });
    await this.sql.rowsIn(tx, recordMailed, { memberId: due.memberId, now });
    return due;
  }

  private async send(noticeId: string, due: DueRow): Promise<void> {
    const notices = await this.sql.rows(notifiedOf, { noticeId, now: this.clock.now() });
    const locale = this.messages.forMails(due.locale);
    const i18n = new Translator(this.messages, locale, this.clock.now(), due.timeZone ?? undefined);
    const [unsubscribeToken] = await this.tokens.make([
      { memberId: due.memberId, seed: due.seed, scope: due.mailKind },
    ]);
    const lines = notices.map((row) =>
      [noticeText(row, i18n), row.title].filter((part) => part !== null).join(' '),
    );
    // A reply to an email about several threads would be ambiguous.
    const replyTo =
      due.threadId !== null &&
      notices.length === 1 &&
      (due.mailKind === 'reply' || due.mailKind === 'follow')
        ? await this.addresses.make(due.memberId, due.threadId)
        : undefined;
    await this.mailer.deliver({
      replyTo,
      key: keyOf(noticeId),
      kind: 'notice',
      memberId: due.memberId,
      to: due.email,
      locale,
      template: 'notice',
      appearance: due,
      unsubscribeToken,
      about: `${due.memberId} ${due.threadId ?? 'inbox'}`,
      view: {
        text: i18n.t('mail.notice.text', { count: Math.max(1, notices.length) }),
        lines: due.content ? lines : [],
        answer: replyTo !== undefined,
        link: `${this.config.baseUrl}${INBOX}${notices.length > 1 ? '' : `/${noticeId}`}`,
      },
    });
    await this.sql.rows(postponeNotice, { noticeId, when: null });
  }
}
