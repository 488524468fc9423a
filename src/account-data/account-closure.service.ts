import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Member } from '../accounts/member.entity.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { newToken } from '../kernel/ids.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement, executeIn, queryIn } from '../kernel/sql.js';
import {
  ClosedAccountPosts,
  type PostsOfClosedAccount,
} from '../posts/account-closure-posts.service.js';
import { ToolkitExport } from '../toolkit/export/toolkit-export.service.js';

/** Days in which one may think again. */
export const COOLING_OFF = 14;

export interface ClosureRequest {
  askedAt: Date;
  closesAt: Date;
  words: PostsOfClosedAccount;
}

const wish = statement<{ memberId: string }, ClosureRequest>(
  'own-data.closing',
  `
    select closing_asked_at as "askedAt", closing_at as "closesAt", closing_words as words
    from members
    where id = :memberId and closing_at is not null and closed_at is null
  `,
);
// Those that are closed come again while posts of theirs are under review.
const due = statement<{ now: Date }, { id: string }>(
  'own-data.closing-due',
  `
    select m.id
    from members m
    where m.closing_at <= :now
      and (m.closed_at is null or exists (select 1 from posts p where p.author_id = m.id))
    order by m.closing_at, m.id
  `,
);
/**
 * What only says something to or about the member, and goes with them. What others lean on is
 * treated by itself.
 */
const GOES = [
  'sessions',
  'known_devices',
  'credential_changes',
  'one_time_tokens',
  'passkeys',
  'recovery_codes',
  'second_factor_resets',
  'totp_secrets',
  'blocks',
  'alias_blocks',
  'drafts',
  'thread_follows',
  'thread_saves',
  'note_choices',
  'muted_words',
  'saved_searches',
  'notices',
  'digests',
  'leave_tokens',
  'mail_choices',
  'mail_settings',
  'guideline_acknowledgements',
  'member_answers',
  'group_requests',
  'strategy_hides',
  'strategy_feedback',
  'supporters',
];

/** Closing one's account: asked for, thought over, done. */
@Injectable()
export class AccountClosure {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly posts: ClosedAccountPosts,
    private readonly toolkit: ToolkitExport,
  ) {}

  wishOf(memberId: string): Promise<ClosureRequest | null> {
    return this.sql.first(wish, { memberId });
  }

  /**
   * Asking again changes what becomes of the words, never the day. Other devices are signed out.
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
      await executeIn(tx, 'delete from sessions where member_id = :viewerId and id <> :sessionId', {
        viewerId: viewer.memberId,
        sessionId: viewer.sessionId,
      });
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
   * Each account in a transaction of its own, so that one that fails holds up nobody. Running again
   * changes nothing more.
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
    // Asked again under the lock: the member may have thought again a moment ago.
    const [member] = await queryIn<{
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
    if (member === undefined) return;
    if (!member.closed) await this.empty(tx, id, now);
    await this.posts.release(
      tx,
      id,
      member.words,
      now,
      this.messages.text(member.locale ?? 'en', 'accounts.data.erased-title'),
    );
    await executeIn(
      tx,
      `
        update reports r
        set reporter_id = null, note = case when :words = 'erase' then '' else r.note end
        from review_cases rc
        where rc.id = r.case_id and rc.state = 'closed' and r.reporter_id = :id
      `,
      { id, words: member.words },
    );
  }

  private async empty(tx: Tx, id: string, now: Date): Promise<void> {
    await executeIn(
      tx,
      `with gone as (delete from memberships where member_id = :id returning community_id, state)
       update communities c
       set member_count = greatest(0, c.member_count - 1)
       from gone g
       where g.community_id = c.id and g.state = 'active'`,
      { id },
    );
    await this.toolkit.eraseIn(tx, id);
    for (const table of GOES)
      await executeIn(tx, `delete from ${table} where member_id = :id`, { id });
    await executeIn(tx, 'delete from blocks where blocked_id = :id', { id });
    await executeIn(
      tx,
      `
        delete
        from coping_strategies
        where member_id = :id and status in ('draft', 'proposed', 'declined')
      `,
      { id },
    );
    await executeIn(
      tx,
      `
        update coping_strategies
        set member_id = null, credit = case when credit_from = 'handle' then '' else credit end
        where member_id = :id
      `,
      { id },
    );
    await tx.getRepository(Member).update(
      { id },
      {
        handle: `gone-${newToken(8).replace(/[^a-zA-Z0-9]/g, 'x')}`,
        email: null,
        emailVerifiedAt: null,
        passwordHash: null,
        role: 'member',
        avatarSeed: newToken(9),
        about: '',
        locale: null,
        country: null,
        timeZone: null,
        breakUntil: null,
        closedAt: now,
      },
    );
  }
}
