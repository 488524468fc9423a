import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { AppError, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { NewPoll } from './poll-text.js';
import {
  deleteVotes,
  insertPoll,
  insertVotes,
  lockPoll,
  pollOf,
  type PollRow,
} from './polls.queries.js';

export type { PollRow } from './polls.queries.js';

/**
 * Polls of threads. Callers check access and voting rights by the thread's access check and policy.
 */
@Injectable()
export class Polls {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Adds a poll to a thread, in the transaction that opens it. */
  async add(tx: Tx, threadId: string, poll: NewPoll): Promise<void> {
    await this.sql.rowsIn(tx, insertPoll, { ...poll, threadId, now: this.clock.now() });
  }

  /** The poll of a thread with the viewer's own votes; null if there is none. */
  of(threadId: string, viewerId: string | null): Promise<PollRow | null> {
    return this.sql.first(pollOf, { threadId, viewerId, now: this.clock.now() });
  }

  /**
   * Replaces the votes of a member; an empty list withdraws them.
   * @param options ids
   * @throws NotFound if the thread has no poll
   * @throws AppError if it is closed, or too many options are chosen
   */
  async vote(memberId: string, threadId: string, options: readonly string[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [poll] = await this.sql.rowsIn(tx, lockPoll, { threadId });
      if (poll === undefined) throw new NotFound();
      const now = this.clock.now();
      if (poll.closesAt !== null && poll.closesAt <= now)
        throw new AppError(422, 'threads.error.poll-closed');
      const chosen = [...new Set(options)];
      if (!poll.several && chosen.length > 1) throw new AppError(422, 'threads.error.poll-one');
      const [before] = await this.sql.rowsIn(tx, deleteVotes, { pollId: poll.id, memberId });
      if (chosen.length === 0) return;
      // A changed vote keeps its place: the next voter would otherwise move up and be counted alone.
      const at = before?.votedAt ?? now;
      const votes = { pollId: poll.id, memberId, options: chosen, at };
      const inserted = await this.sql.rowsIn(tx, insertVotes, votes);
      if (inserted.length < chosen.length) throw new AppError(422, 'forms.error.invalid');
    });
  }
}
