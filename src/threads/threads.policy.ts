import { isLimited, type MaybeViewer } from '../http/viewer.js';
import type { AccessibleThread } from './thread-access.js';

/** The facts that the policies of a thread need. */
export type ThreadFacts = Pick<
  AccessibleThread,
  | 'archived'
  | 'status'
  | 'member'
  | 'moderates'
  | 'lockedAt'
  | 'aliasesAllowed'
  | 'aliasName'
  | 'named'
>;

/**
 * Why somebody may not reply; the last part of a message key `threads.hindrance.*`. The API returns
 * these keys as `code`, so they keep their name.
 */
export type ReplyObstacle =
  'sign-in' | 'limited' | 'verify' | 'join' | 'archived' | 'locked' | 'closed';

/** What a viewer may do in a thread; services and views use the same policies. */
export interface ThreadAbilities {
  /** Null if the viewer may reply. */
  readonly replyObstacle: ReplyObstacle | null;
  /** Whether the viewer may lock it and set its slow mode. */
  readonly lock: boolean;
  /** Whether the viewer may choose between alias and handle. */
  readonly chooseAlias: boolean;
  readonly follow: boolean;
  readonly save: boolean;
}

export function threadAbilitiesOf(viewer: MaybeViewer, thread: ThreadFacts): ThreadAbilities {
  return {
    replyObstacle: replyObstacle(viewer, thread),
    lock: viewer !== null && canLock(thread),
    chooseAlias: mayChooseAlias(thread),
    follow: viewer !== null && thread.member,
    save: viewer !== null,
  };
}

/** Why somebody may not reply here; null if they may. */
export function replyObstacle(viewer: MaybeViewer, thread: ThreadFacts): ReplyObstacle | null {
  if (viewer === null) return 'sign-in';
  if (isLimited(viewer)) return 'limited';
  if (thread.archived) return 'archived';
  if (thread.status !== 'published' && thread.status !== 'held') return 'closed';
  if (!thread.member) return 'join';
  if (!viewer.verified) return 'verify';
  return thread.lockedAt !== null && !thread.moderates ? 'locked' : null;
}

export function canReply(viewer: MaybeViewer, thread: ThreadFacts): boolean {
  return replyObstacle(viewer, thread) === null;
}

export function canLock(thread: Pick<ThreadFacts, 'moderates'>): boolean {
  return thread.moderates;
}

/**
 * An alias can be chosen if the community allows aliases and the member has not posted in the
 * thread before, under the handle or an alias.
 */
export function mayChooseAlias(thread: ThreadFacts): boolean {
  return thread.aliasesAllowed && thread.aliasName === null && !thread.named;
}

/** A name under which a member has written in a thread: an alias by its id, or the handle. */
export interface OwnName {
  readonly value: string;
  /** Null for the handle. */
  readonly alias: string | null;
}

/** The value of the handle among the names that a reply can have. */
export const HANDLE = 'handle';
/** The value of the alias that belongs to the thread itself. */
export const ALIAS = 'alias';

/**
 * The names to choose from, for a member who has written under several since threads were merged:
 * only they can say which of them a reply continues, and a wrong one would show that both are the
 * same person. Empty for everyone else.
 */
export function namesToChoose(
  thread: Pick<AccessibleThread, 'aliasName' | 'named' | 'otherAliases'>,
): OwnName[] {
  const { aliasName, named, otherAliases } = thread;
  const names = [
    ...(named ? [{ value: HANDLE, alias: null }] : []),
    ...(aliasName === null ? [] : [{ value: ALIAS, alias: aliasName }]),
    ...(otherAliases ?? []).map(({ id, name }) => ({ value: id, alias: name })),
  ];
  return names.length > 1 ? names : [];
}

/**
 * The author can write an update once others have replied. Not if their name is detached from the
 * opening, because the update would attach it again.
 */
export function mayUpdate(
  thread: Pick<AccessibleThread, 'mine' | 'signed' | 'replyCount'>,
): boolean {
  return thread.mine && thread.signed && thread.replyCount > 0;
}
