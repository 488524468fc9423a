import { DAY } from '../kernel/clock.js';
import { isLimited, type Viewer } from '../http/viewer.js';
import type { AccessiblePost } from './post-access.js';

/** Long enough for second thoughts; after it, others have built on the words. */
export const EDIT_WINDOW = 7 * DAY;

export function canEdit(viewer: Viewer, post: AccessiblePost, now: Date): boolean {
  if (!post.mine || post.archived) return false;
  if (post.status === 'held') return true;
  if (isLimited(viewer)) return false;
  return post.status === 'published' && now.getTime() - post.createdAt.getTime() < EDIT_WINDOW;
}

/** Regret has no deadline. */
export function canTakeBack(post: AccessiblePost): boolean {
  return post.mine && (post.status === 'published' || post.status === 'held');
}

export function canReact(viewer: Viewer, post: AccessiblePost): boolean {
  return (
    viewer.verified &&
    !isLimited(viewer) &&
    post.member &&
    !post.mine &&
    !post.archived &&
    post.status === 'published'
  );
}

/**
 * Earlier wordings may hold a detail that its author took out: everybody sees when, author and
 * moderators see what.
 */
export function canSeePostVersions(post: AccessiblePost): boolean {
  return post.mine || post.moderates;
}
