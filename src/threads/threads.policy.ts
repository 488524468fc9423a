import { isLimited, type MaybeViewer } from '../http/viewer.js';
import type { AccessibleThread } from './thread-access.js';

/**
 * Why somebody may not reply here; null where they may. The reason is the key of a message that
 * says what to do.
 */
export function replyHindrance(
  viewer: MaybeViewer,
  thread: AccessibleThread,
): 'sign-in' | 'limited' | 'verify' | 'join' | 'archived' | 'locked' | 'closed' | null {
  if (viewer === null) return 'sign-in';
  if (isLimited(viewer)) return 'limited';
  if (thread.archived) return 'archived';
  if (thread.status !== 'published' && thread.status !== 'held') return 'closed';
  if (!thread.member) return 'join';
  if (!viewer.verified) return 'verify';
  return thread.lockedAt !== null && !thread.moderates ? 'locked' : null;
}

export function canReply(viewer: MaybeViewer, thread: AccessibleThread): boolean {
  return replyHindrance(viewer, thread) === null;
}

export function canLock(thread: AccessibleThread): boolean {
  return thread.moderates;
}

/**
 * Under the handle, always; under an alias where the community allows it and the member has not
 * signed here already.
 */
export function mayChooseAlias(thread: AccessibleThread): boolean {
  return thread.aliasesAllowed && thread.aliasName === null && !thread.named;
}
