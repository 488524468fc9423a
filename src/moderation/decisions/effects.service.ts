import { Injectable } from '@nestjs/common';
import { AccountLimits } from '../../accounts/account-limits.service.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import type { Tx } from '../../kernel/database.js';
import { FieldError } from '../../kernel/errors.js';
import { PostStateChange, type PostState } from '../../posts/post-state.service.js';
import { ThreadCare, type ThreadState } from '../../threads/thread-care.service.js';
import { ACTION_FACTS, canChangePost, MAX_PAUSE_DAYS } from '../core/actions.js';
import { afterDecision, laterEnd, type PostEffect } from './after-reversal.js';
import type { DecideForm } from './decide.dto.js';

/** The object of a decision. */
export interface DecisionSubject {
  readonly postId: string | null;
  readonly threadId: string | null;
  /** The author, or the member under review. */
  readonly memberId: string | null;
}

/** The state before a decision, stored as JSON and restored by a reversal. */
export interface StateBefore {
  readonly post?: PostState;
  readonly thread?: ThreadState;
}

export interface AppliedDecision {
  readonly before: StateBefore;
  readonly endsAt: Date | null;
  /** A post that only its author could see became visible to others. */
  readonly shown: boolean;
  /** The community to which a thread was moved. */
  readonly movedTo?: string;
}

const NOTHING: AppliedDecision = { before: {}, endsAt: null, shown: false };

/** Stored end date of a pause without an end. */
export const NO_END_DATE = new Date(Date.UTC(9999, 0, 1));

/** Applies decisions to posts, threads and accounts. */
@Injectable()
export class Effects {
  constructor(
    private readonly posts: PostStateChange,
    private readonly threads: ThreadCare,
    private readonly accounts: AccountLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * @param actorId who decides
   * @param lifts false for the answer to an appeal: posts hidden by other decisions stay hidden
   * @throws FieldError if the action does not apply to the case
   */
  async apply(
    tx: Tx,
    subject: DecisionSubject,
    form: DecideForm,
    actorId: string,
    lifts = true,
  ): Promise<AppliedDecision> {
    const { on } = ACTION_FACTS[form.action];
    const effect = { action: form.action, notes: form.contentWarnings, lifts };
    if (form.action === 'dismiss')
      return subject.postId === null ? NOTHING : this.onPost(tx, subject.postId, effect);
    if (on === 'post') return this.onPost(tx, need(subject.postId), effect);
    if (on === 'thread') return this.onThread(tx, need(subject.threadId), form, actorId);
    if (form.action === 'suspend') return this.pause(tx, need(subject.memberId), form);
    if (on === 'member') need(subject.memberId);
    return NOTHING;
  }

  private async onPost(tx: Tx, postId: string, effect: PostEffect): Promise<AppliedDecision> {
    const post = await this.posts.before(tx, postId);
    if (post === null) return NOTHING;
    if (!canChangePost(effect.action, post.status))
      throw new FieldError('action', 'moderation.error.deleted');
    const before = stateOf(post);
    const after = afterDecision(before, effect);
    if (post.status === 'withdrawn') return NOTHING;
    if (effect.action === 'dismiss' && JSON.stringify(after) === JSON.stringify(before))
      return NOTHING;
    await this.posts.set(tx, postId, after);
    return {
      before: { post: before },
      endsAt: null,
      shown: before.status !== 'published' && after.status === 'published',
    };
  }

  private async onThread(
    tx: Tx,
    threadId: string,
    form: DecideForm,
    actorId: string,
  ): Promise<AppliedDecision> {
    const thread = await this.threads.before(tx, threadId);
    if (thread === null) return NOTHING;
    if (form.action === 'lock') {
      await this.threads.lock(tx, threadId, true);
      return { ...NOTHING, before: { thread } };
    }
    const movedTo = await this.threads.communityOf(tx, form.community, threadId, actorId);
    await this.threads.move(tx, threadId, movedTo);
    return { ...NOTHING, before: { thread }, movedTo };
  }

  // Each pause ends at its own time; the account is limited until the latest of them.
  private async pause(tx: Tx, memberId: string, form: DecideForm): Promise<AppliedDecision> {
    const days = Number(form.days);
    if (form.days === '' || days > MAX_PAUSE_DAYS)
      throw new FieldError('days', 'moderation.error.days');
    const account = await this.accounts.of(tx, memberId);
    const until = days === 0 ? NO_END_DATE : later(this.clock.now(), days * DAY);
    const field = form.scope === 'read-only' ? 'readOnlyUntil' : 'suspendedUntil';
    await this.accounts.set(tx, memberId, { [field]: laterEnd(account[field], until) });
    return { ...NOTHING, endsAt: days === 0 ? null : until };
  }
}

function stateOf({ status, heldFor, folded, membersOnly, addedNotes, tier }: PostState): PostState {
  return { status, heldFor, folded, membersOnly, addedNotes, tier };
}

function need(id: string | null): string {
  if (id === null) throw new FieldError('action', 'moderation.error.nobody');
  return id;
}
