import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import { noticeCreated } from './notices.events.js';
import {
  deleteEarlierNotice,
  notifyFollowers,
  notifyMentioned,
  notifyOfThread,
  notifyOne,
  openingOf,
} from './notifier.queries.js';
import type { Recipient } from './recipient.js';

/**
 * Creates notices, and an event for each new one. Idempotent: a member has one notice per post, and
 * one per kind and subject.
 */
@Injectable()
export class Notifier {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Notifies the members whom a reply mentions, the followers of its thread, and the member it
   * answers, each once.
   */
  async notifyReply(postId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const now = this.clock.now();
      const created = await this.sql.rowsIn(tx, notifyMentioned, { postId, now });
      created.push(...(await this.sql.rowsIn(tx, notifyFollowers, { postId, now })));
      for (const { id } of created) await this.outbox.append(tx, noticeCreated({ noticeId: id }));
    });
  }

  /**
   * Notifies the members whom the opening of a thread mentions, and those who chose emails about
   * each new thread of its community.
   */
  async notifyThread(threadId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const now = this.clock.now();
      const [opening] = await this.sql.rowsIn(tx, openingOf, { threadId });
      const created =
        opening === undefined
          ? []
          : await this.sql.rowsIn(tx, notifyMentioned, { ...opening, now });
      created.push(...(await this.sql.rowsIn(tx, notifyOfThread, { threadId, now })));
      for (const { id } of created) await this.outbox.append(tx, noticeCreated({ noticeId: id }));
    });
  }

  /**
   * Notifies one member of a post, or of a subject in the table that the kind implies. Does nothing
   * if they already have that notice, or have closed their account.
   */
  async notify(tx: Tx, kind: NoticeKindName, recipient: Recipient): Promise<void> {
    const [made] = await this.sql.rowsIn(tx, notifyOne, {
      memberId: recipient.memberId,
      kind,
      postId: recipient.postId ?? null,
      subjectId: recipient.subjectId ?? null,
      now: this.clock.now(),
    });
    if (made !== undefined) await this.outbox.append(tx, noticeCreated({ noticeId: made.id }));
  }

  /**
   * Like `notify` for a subject, replacing the member's earlier notice of it from before this time.
   */
  async notifyAgain(
    tx: Tx,
    kind: NoticeKindName,
    recipient: { memberId: string; subjectId: string },
    before: Date,
  ): Promise<void> {
    const { memberId, subjectId } = recipient;
    await this.sql.rowsIn(tx, deleteEarlierNotice, { memberId, kind, subjectId, before });
    await this.notify(tx, kind, recipient);
  }
}
