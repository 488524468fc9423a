import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Member } from '../accounts/member.entity.js';
import { Sessions } from '../accounts/sessions.service.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement, executeIn, findIn } from '../kernel/sql.js';
import {
  ClosedAccountPosts,
  type PostsOfClosedAccount,
} from '../posts/account-closure-posts.service.js';
import { AccountErasure } from './account-erasure.js';

/** Cooling-off period in days, during which a member can change their mind. */
export const COOLING_OFF = 14;

export interface ClosureRequest {
  askedAt: Date;
  closesAt: Date;
  words: PostsOfClosedAccount;
}

const request = statement<{ memberId: string }, ClosureRequest>(
  'own-data.closing',
  `
    select closing_asked_at as "askedAt", closing_at as "closesAt", closing_words as words
    from members
    where id = :memberId and closing_at is not null and closed_at is null
  `,
);
// Accounts to close. Closed ones recur while something of theirs is under review.
const due = statement<{ now: Date }, { id: string }>(
  'own-data.closing-due',
  `
    select m.id
    from members m
    where m.closing_at <= :now
      and (
        m.closed_at is null
        or exists (select 1 from posts p where p.author_id = m.id)
        or exists (select 1 from reports r where r.reporter_id = m.id)
        or exists (select 1 from appeals a where a.appellant_id = m.id)
        or exists (
          select 1
          from decision_messages d
          where d.author_id = m.id and not d.from_team
        )
      )
    order by m.closing_at, m.id
  `,
);
/** Closes accounts: request, cooling-off period, erasure. */
@Injectable()
export class AccountClosure {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly posts: ClosedAccountPosts,
    private readonly erasure: AccountErasure,
    private readonly sessions: Sessions,
  ) {}

  requestOf(memberId: string): Promise<ClosureRequest | null> {
    return this.sql.first(request, { memberId });
  }

  /**
   * Requests the closure. Repeating it changes what happens to the posts, but not the date. Logs
   * out other devices.
   */
  async ask(viewer: Viewer, words: PostsOfClosedAccount): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update members
          set closing_words = :words, closing_asked_at = coalesce(closing_asked_at, :now),
            closing_at = coalesce(closing_at, :until)
          where id = :viewerId and closed_at is null
        `,
        { viewerId: viewer.memberId, words, now, until: later(now, COOLING_OFF * DAY) },
      );
      await this.sessions.endIn(tx, viewer.memberId, viewer.sessionId);
    });
  }

  async undo(viewer: Viewer): Promise<void> {
    await this.database.inTransaction((tx) =>
      tx
        .getRepository(Member)
        .update(
          { id: viewer.memberId, closedAt: IsNull() },
          { closingWords: null, closingAskedAt: null, closingAt: null },
        ),
    );
  }

  /**
   * Closes each account in a transaction of its own, so that a failure does not affect the others.
   * Idempotent.
   */
  async closeDue(): Promise<void> {
    const now = this.clock.now();
    const failed: unknown[] = [];
    for (const { id } of await this.sql.rows(due, { now })) {
      try {
        await this.database.inTransaction((tx) => this.close(tx, id, now));
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  }

  private async close(tx: Tx, id: string, now: Date): Promise<void> {
    // Reloaded under the lock, as the member may have just changed their mind.
    const member = await findIn<{
      words: PostsOfClosedAccount;
      closed: boolean;
      locale: string | null;
    }>(
      tx,
      `
        select closing_words as words, closed_at is not null as closed, locale
        from members
        where id = :id and closing_at <= :now
        for update
      `,
      { id, now },
    );
    if (member === null) return;
    if (!member.closed) await this.erasure.empty(tx, id, now);
    await this.posts.release(
      tx,
      id,
      member.words,
      now,
      this.messages.text(this.messages.supported(member.locale), 'accounts.data.erased-title'),
    );
    await this.erasure.eraseSettled(tx, id, member.words);
  }
}
