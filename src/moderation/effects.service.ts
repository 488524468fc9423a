import { Injectable } from '@nestjs/common';
import { AccountLimits } from '../accounts/account-limits.service.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { PostStanding, type Standing } from '../posts/post-standing.service.js';
import { ThreadCare } from '../threads/thread-care.service.js';
import { FACTS, LONGEST_PAUSE } from './actions.js';
import type { DecideForm } from './decide.dto.js';

/** What a decision is about. */
export interface Subject {
  readonly postId: string | null;
  readonly threadId: string | null;
  /** The author, or the member that the case is about. */
  readonly memberId: string | null;
}

/** What has to be known to take a decision back. Dates as text: it is kept as JSON. */
export interface Before {
  readonly post?: Standing;
  readonly thread?: { communityId: string; locked: boolean };
  readonly account?: { readOnlyUntil: string | null; suspendedUntil: string | null };
}

export interface Applied {
  readonly before: Before;
  readonly endsAt: Date | null;
}

/** A pause without an end. */
const NEVER = new Date(Date.UTC(9999, 0, 1));

/** What decisions do to posts, threads and accounts, and how it is undone. */
@Injectable()
export class Effects {
  constructor(
    private readonly posts: PostStanding,
    private readonly threads: ThreadCare,
    private readonly accounts: AccountLimits,
    private readonly clock: Clock,
  ) {}

  async apply(tx: Tx, subject: Subject, form: DecideForm): Promise<Applied> {
    const on = FACTS[form.action].on;
    if (form.action === 'dismiss') return this.dismiss(tx, subject);
    if (on === 'post') return this.onPost(tx, need(subject.postId), form);
    if (on === 'thread') return this.onThread(tx, need(subject.threadId), form);
    if (form.action === 'suspend') return this.pause(tx, need(subject.memberId), form);
    if (on === 'member') need(subject.memberId);
    return { before: {}, endsAt: null };
  }

  /** Everything as it was before; a post that waited to be read is published, as the decision against it was wrong. */
  async undo(tx: Tx, subject: Subject, before: Before): Promise<void> {
    if (before.post !== undefined && subject.postId !== null) {
      const { post } = before;
      await this.posts.set(tx, subject.postId, post.status === 'held' ? { ...post, status: 'published', heldFor: null } : post);
    }
    if (before.thread !== undefined && subject.threadId !== null) {
      await this.threads.move(tx, subject.threadId, before.thread.communityId);
      await this.threads.lock(tx, subject.threadId, before.thread.locked);
    }
    if (before.account !== undefined && subject.memberId !== null) {
      const { readOnlyUntil, suspendedUntil } = before.account;
      await this.accounts.set(tx, subject.memberId, { readOnlyUntil: readOnlyUntil === null ? null : new Date(readOnlyUntil), suspendedUntil: suspendedUntil === null ? null : new Date(suspendedUntil) });
    }
  }

  // Nothing was wrong: what was held back or taken from sight meanwhile stands again, and what only its tier folded is open.
  private async dismiss(tx: Tx, subject: Subject): Promise<Applied> {
    const post = subject.postId === null ? null : await this.posts.before(tx, subject.postId);
    const waits = post?.status === 'held' || post?.status === 'hidden';
    if (post === null || subject.postId === null || (!waits && post.tier === 'none')) return { before: {}, endsAt: null };
    await this.posts.set(tx, subject.postId, { tier: 'none', ...(waits ? { status: 'published' } : {}) });
    return { before: { post: standing(post) }, endsAt: null };
  }

  private async onPost(tx: Tx, postId: string, form: DecideForm): Promise<Applied> {
    const post = await this.posts.before(tx, postId);
    if (post === null) return { before: {}, endsAt: null };
    const visible = post.status === 'held' || post.status === 'hidden' ? 'published' : post.status;
    const notes = [...new Set([...post.addedNotes, ...form.contentWarnings])];
    const changes: Partial<Record<DecideForm['action'], Partial<Standing>>> = {
      publish: { status: 'published', addedNotes: notes },
      'add-warning': { status: visible, addedNotes: notes },
      fold: { status: visible, folded: true, addedNotes: notes },
      limit: { status: visible, membersOnly: true },
      return: { status: 'held', heldFor: 'returned' },
      hide: { status: 'hidden' },
      remove: { status: 'removed' },
    };
    await this.posts.set(tx, postId, changes[form.action] ?? {});
    return { before: { post: standing(post) }, endsAt: null };
  }

  private async onThread(tx: Tx, threadId: string, form: DecideForm): Promise<Applied> {
    const thread = await this.threads.before(tx, threadId);
    if (thread === null) return { before: {}, endsAt: null };
    if (form.action === 'lock') await this.threads.lock(tx, threadId, true);
    else await this.threads.move(tx, threadId, await this.threads.communityOf(tx, form.community));
    return { before: { thread }, endsAt: null };
  }

  private async pause(tx: Tx, memberId: string, form: DecideForm): Promise<Applied> {
    const days = Number(form.days);
    if (form.days === '' || days > LONGEST_PAUSE) throw new FieldError('days', 'moderation.error.days');
    const account = await this.accounts.of(tx, memberId);
    const until = days === 0 ? NEVER : later(this.clock.now(), days * DAY);
    await this.accounts.set(tx, memberId, form.scope === 'read-only' ? { readOnlyUntil: until } : { suspendedUntil: until });
    return {
      before: { account: { readOnlyUntil: account.readOnlyUntil?.toISOString() ?? null, suspendedUntil: account.suspendedUntil?.toISOString() ?? null } },
      endsAt: days === 0 ? null : until,
    };
  }
}

function standing(post: Standing): Standing {
  return { status: post.status, heldFor: post.heldFor, folded: post.folded, membersOnly: post.membersOnly, addedNotes: post.addedNotes, tier: post.tier };
}

function need(id: string | null): string {
  if (id === null) throw new FieldError('action', 'moderation.error.nobody');
  return id;
}
