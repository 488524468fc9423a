import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Clock, DAY, HOUR, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, executeIn, getIn } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { ReviewCases } from '../review/review-cases.js';
import { breakOffered, supporterAsked } from './peer-support.events.js';
import {
  answerSupportRequest,
  createSupportRequests,
  dueForSupporters,
  dueForTeam,
  offerBreak,
  ownSupportRequest,
  routeThread,
  lockUnanswered,
  type SupportRequestRow,
} from './unanswered.queries.js';

/**
 * Supporters asked in each round: few, so that each feels responsible and not all reply at once.
 */
const SUPPORTERS_PER_ROUND = 2;
/** How long to wait for an answer before asking others, in milliseconds. */
const TIME_TO_ANSWER = 4 * HOUR;
/** How long a supporter who accepted has to reply, in milliseconds. */
const TIME_TO_WRITE = 12 * HOUR;
const WEEK = 7 * DAY;
/** Target for the case: a moderator reads it within half a day. */
const READ_BY_TEAM = { minutes: 12 * 60, staffed: false } as const;

/**
 * Escalates unanswered threads: first to peer supporters with capacity, then as a case to the
 * moderators. Idempotent, so it can run at any interval.
 */
@Injectable()
export class UnansweredThreads {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly cases: ReviewCases,
  ) {}

  /** Escalates every thread that is due for supporters or moderators. */
  async passOnDue(): Promise<void> {
    const now = this.clock.now();
    for (const { threadId } of await this.sql.rows(dueForSupporters, {
      now,
      askedSince: later(now, -TIME_TO_ANSWER),
      acceptedSince: later(now, -TIME_TO_WRITE),
    })) {
      await this.database.inTransaction((tx) => this.askSupporters(tx, threadId, now));
    }
    for (const thread of await this.sql.rows(dueForTeam, { now })) {
      await this.database.inTransaction(async (tx) => {
        if (
          !(await this.isUnanswered(tx, thread.threadId)) ||
          (
            await this.sql.rowsIn(tx, routeThread, {
              threadId: thread.threadId,
              passedTo: 'team',
              now,
            })
          ).length === 0
        )
          return;
        await this.cases.open(tx, {
          subject: { kind: 'post', postId: thread.postId },
          communityId: thread.communityId,
          tier: thread.tier === 'watch' ? 'watch' : 'none',
          reasons: [{ source: 'unanswered', reason: 'no-reply' }],
          target: READ_BY_TEAM,
        });
      });
    }
  }

  /** @throws NotFound if the request is for somebody else, or its thread is gone */
  async load(viewer: Viewer, id: string): Promise<SupportRequestRow> {
    const row = await this.sql.first(ownSupportRequest, {
      requestId: id,
      memberId: viewer.memberId,
    });
    if (row === null) throw new NotFound();
    return row;
  }

  /** Accepts or passes on a request. Notifies nobody, and can be changed later. */
  async answer(
    viewer: Viewer,
    id: string,
    answer: 'accepted' | 'passed',
  ): Promise<SupportRequestRow> {
    const row = await this.load(viewer, id);
    await this.sql.rows(answerSupportRequest, {
      requestId: id,
      memberId: viewer.memberId,
      answer,
      now: this.clock.now(),
    });
    return row;
  }

  /** Offers a break to a supporter who replied in a crisis thread. */
  async offerRest(postId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      for (const { id } of await this.sql.rowsIn(tx, offerBreak, { postId, now: this.clock.now() }))
        await this.outbox.append(tx, breakOffered({ restId: id }));
    });
  }

  private async askSupporters(tx: Tx, threadId: string, now: Date): Promise<void> {
    // Serialises these transactions, as each counts this week's requests before adding any.
    await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
      lock: ADVISORY_LOCKS.supportRequests,
    });
    if (!(await this.isUnanswered(tx, threadId))) return;
    const open = await getIn<{ count: number }>(
      tx,
      `
        select count(*)::int as count
        from askings
        where thread_id = :threadId
          and (answer is null
            and asked_at > :askedSince
            or answer = 'accepted'
            and answered_at > :acceptedSince)
      `,
      {
        threadId,
        askedSince: later(now, -TIME_TO_ANSWER),
        acceptedSince: later(now, -TIME_TO_WRITE),
      },
    );
    if (open.count > 0) return;
    const asked = await this.sql.rowsIn(tx, createSupportRequests, {
      threadId,
      now,
      weekAgo: later(now, -WEEK),
      limit: SUPPORTERS_PER_ROUND,
    });
    if (asked.length > 0)
      await this.sql.rowsIn(tx, routeThread, { threadId, passedTo: 'supporters', now });
    for (const { id } of asked) await this.outbox.append(tx, supporterAsked({ askingId: id }));
  }

  private async isUnanswered(tx: Tx, threadId: string): Promise<boolean> {
    return (await this.sql.rowsIn(tx, lockUnanswered, { threadId })).length > 0;
  }
}
