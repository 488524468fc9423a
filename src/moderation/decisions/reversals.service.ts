import { Injectable } from '@nestjs/common';
import { AccountLimits } from '../../accounts/account-limits.service.js';
import type { Tx } from '../../kernel/database.js';
import { PostStateChange, type PostState } from '../../posts/post-state.service.js';
import { ThreadCare, type ThreadState } from '../../threads/thread-care.service.js';
import type { Action } from '../core/actions.js';
import {
  limitAfterReversal,
  postAfterReversal,
  threadAfterReversal,
  type PostDecision,
  type ThreadDecision,
} from './after-reversal.js';
import { NO_END_DATE, type StateBefore, type DecisionSubject } from './effects.service.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

interface Row {
  id: string;
  action: Action;
  notes: string[] | null;
  appeal: boolean;
  before: StateBefore;
  movedTo: string | null;
  /** The thread that was locked or moved, if that was recorded. */
  thread: string | null;
  scope: string | null;
  endsAt: Date | null;
  createdAt: Date;
}

// `found` is set if an earlier decision has been reversed since: it is the prior state without that
// decision.
const COLUMNS = `d.id, d.action, d.detail->'notes' as notes, d.detail ? 'appealOf' as appeal,
  coalesce(d.detail->'found', d.detail->'before', '{}') as before,
  d.detail->>'movedTo' as "movedTo", d.detail->>'thread' as thread,
  d.detail->>'scope' as scope, d.ends_at as "endsAt", d.created_at as "createdAt"`;

/** Reverses decisions: undoes the effects of one and keeps those of all others. */
@Injectable()
export class Reversals {
  constructor(
    private readonly posts: PostStateChange,
    private readonly threads: ThreadCare,
    private readonly accounts: AccountLimits,
  ) {}

  /** Restores the state. The caller marks the decision's row as reversed. */
  async undo(tx: Tx, subject: DecisionSubject, decisionId: string): Promise<void> {
    const [row] = await queryIn<Row>(
      tx,
      `select ${COLUMNS} from decisions d where d.id = :decisionId`,
      { decisionId },
    );
    if (row === undefined) return;
    const { post, thread } = row.before;
    if (post !== undefined && subject.postId !== null)
      await this.post(tx, subject.postId, postDecision(row, post));
    if (thread !== undefined && subject.threadId !== null)
      await this.thread(tx, row.thread ?? subject.threadId, row);
    if (row.action === 'suspend' && subject.memberId !== null)
      await this.account(tx, subject.memberId, row);
  }

  private async post(tx: Tx, postId: string, reversed: PostDecision): Promise<void> {
    const now = await this.posts.before(tx, postId);
    if (now === null) return;
    const rows = await this.later(tx, 'd.post_id = :id', postId, reversed.id);
    const later = rows.flatMap((row) =>
      row.before.post === undefined ? [] : [postDecision(row, row.before.post)],
    );
    const { state, found } = postAfterReversal(reversed, later, now);
    await this.posts.set(tx, postId, state);
    await this.keep(tx, 'post', found);
  }

  private async thread(tx: Tx, threadId: string, reversed: Row): Promise<void> {
    const now = await this.threads.before(tx, threadId);
    if (now === null) return;
    const rows = await this.later(
      tx,
      `d.action in ('lock', 'move')
         and coalesce(d.detail->>'thread',
           (select p.thread_id::text from posts p where p.id = d.post_id)) = :id`,
      threadId,
      reversed.id,
    );
    const [first, ...later] = threadDecisions([reversed, ...rows], now);
    if (first === undefined) return;
    const { state, found } = threadAfterReversal(first, later, now);
    await this.threads.move(tx, threadId, state.communityId, reversed.createdAt);
    if (state.communityId !== now.communityId)
      await this.threads.moveCases(tx, threadId, state.communityId);
    if (state.locked !== now.locked) await this.threads.lock(tx, threadId, state.locked);
    await this.keep(tx, 'thread', found);
  }

  private async account(tx: Tx, memberId: string, reversed: Row): Promise<void> {
    const limit = await this.accounts.of(tx, memberId);
    const pauses = await queryIn<Row>(
      tx,
      `select ${COLUMNS} from decisions d
       where d.member_id = :memberId
         and d.action = 'suspend'
         and d.reversed_at is null
         and d.id <> :reversedId`,
      { memberId, reversedId: reversed.id },
    );
    const ends = pauses.filter((one) => scopeOf(one) === scopeOf(reversed)).map(endOf);
    const field = scopeOf(reversed) === 'read-only' ? 'readOnlyUntil' : 'suspendedUntil';
    await this.accounts.set(tx, memberId, {
      [field]: limitAfterReversal(endOf(reversed), ends, limit[field]),
    });
  }

  private async later(tx: Tx, about: string, id: string, decisionId: string): Promise<Row[]> {
    return queryIn<Row>(
      tx,
      `select ${COLUMNS}
       from decisions d
       where ${about}
         and d.id > :decisionId
         and d.reversed_at is null
       order by d.id
       for update of d`,
      { id, decisionId },
    );
  }

  // Stores the corrected prior state, so that reversing a later decision does not reapply this
  // one's effects.
  private async keep(
    tx: Tx,
    what: 'post' | 'thread',
    found: ReadonlyMap<string, PostState | ThreadState>,
  ): Promise<void> {
    for (const [id, state] of found) {
      await executeIn(
        tx,
        `update decisions
         set detail = jsonb_set(
           detail, '{found}',
           coalesce(detail->'found', detail->'before', '{}') || jsonb_build_object(:what::text,
             :state::jsonb))
         where id = :id`,
        { id, what, state: JSON.stringify(state) },
      );
    }
  }
}

function postDecision(row: Row, before: PostState): PostDecision {
  return { id: row.id, action: row.action, notes: row.notes ?? [], lifts: !row.appeal, before };
}

/** Old moves lack their destination: it is where the next decision found the thread. */
function threadDecisions(rows: readonly Row[], now: ThreadState): ThreadDecision[] {
  const known = rows.filter((row) => row.before.thread !== undefined);
  return known.map((row, at) => ({
    id: row.id,
    action: row.action === 'lock' ? 'lock' : 'move',
    before: row.before.thread ?? now,
    to: row.movedTo ?? known[at + 1]?.before.thread?.communityId ?? now.communityId,
  }));
}

function scopeOf({ scope }: Row): 'read-only' | 'suspend' {
  return scope === 'read-only' ? 'read-only' : 'suspend';
}

function endOf({ endsAt }: Row): Date {
  return endsAt ?? NO_END_DATE;
}
