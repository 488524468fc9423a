import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
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
  stillWaits,
  type SupportRequestRow,
} from './unanswered.queries.js';

/** Few at a time: each of them should feel asked, and not all of them should answer at once. */
const ASKED_AT_ONCE = 2;
/** Whoever has not said anything by then is taken to be busy, and others are asked. */
const TIME_TO_ANSWER = 4 * HOUR;
/** Whoever said yes has this long to find their words. */
const TIME_TO_WRITE = 12 * HOUR;
const WEEK = 7 * DAY;
/** An unanswered thread is read by a moderator within half a day. */
const READ_BY_TEAM = { minutes: 12 * 60, staffed: false } as const;

/**
 * Threads that nobody has answered: offered to peer supporters who have room, then brought before
 * the team. Run as often as one likes.
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
          !(await this.waits(tx, thread.threadId)) ||
          (
            await this.sql.rowsIn(tx, routeThread, {
              threadId: thread.threadId,
              toWhom: 'team',
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

  /** @throws NotFound for what was not asked of the viewer, or is gone */
  async asking(viewer: Viewer, id: string): Promise<SupportRequestRow> {
    const row = await this.sql.first(ownSupportRequest, { asking: id, memberId: viewer.memberId });
    if (row === null) throw new NotFound();
    return row;
  }

  /** Yes, or not this time; nobody is told which, and either can be said again. */
  async answer(
    viewer: Viewer,
    id: string,
    answer: 'accepted' | 'passed',
  ): Promise<SupportRequestRow> {
    const row = await this.asking(viewer, id);
    await this.sql.rows(answerSupportRequest, {
      asking: id,
      memberId: viewer.memberId,
      answer,
      now: this.clock.now(),
    });
    return row;
  }

  /**
   * After a reply: whoever supports people and has been there for somebody in danger is offered a
   * rest.
   */
  async offerRest(postId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      for (const { id } of await this.sql.rowsIn(tx, offerBreak, { postId, now: this.clock.now() }))
        await this.outbox.append(tx, breakOffered({ restId: id }));
    });
  }

  private async askSupporters(tx: Tx, threadId: string, now: Date): Promise<void> {
    // One after the other: who has room this week is counted before each asking.
    await executeIn(tx, `select pg_advisory_xact_lock(hashtext('askings'))`);
    if (!(await this.waits(tx, threadId))) return;
    const open = await getIn<{ count: number }>(
      tx,
      `
        select count(*)::int as count
        from askings
        where thread_id = :threadId
          and (answer is null
            and asked_at > :since
            or answer = 'accepted'
            and answered_at > :value3)
      `,
      { threadId, since: later(now, -TIME_TO_ANSWER), value3: later(now, -TIME_TO_WRITE) },
    );
    if (open.count > 0) return;
    const asked = await this.sql.rowsIn(tx, createSupportRequests, {
      threadId,
      now,
      weekAgo: later(now, -WEEK),
      limit: ASKED_AT_ONCE,
    });
    if (asked.length > 0)
      await this.sql.rowsIn(tx, routeThread, { threadId, toWhom: 'supporters', now });
    for (const { id } of asked) await this.outbox.append(tx, supporterAsked({ askingId: id }));
  }

  private async waits(tx: Tx, threadId: string): Promise<boolean> {
    return (await this.sql.rowsIn(tx, stillWaits, { threadId })).length > 0;
  }
}
