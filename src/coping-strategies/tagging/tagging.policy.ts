import type { Viewer } from '../../http/viewer.js';
import type { AccessiblePost } from '../../posts/post-access.js';

/** One's own post, also while it waits; another's where one may write and it stands. */
export function canTag(viewer: Viewer, post: AccessiblePost): boolean {
  if (!viewer.verified || post.archived) return false;
  return post.mine
    ? post.status === 'published' || post.status === 'held'
    : post.member && post.status === 'published';
}

/** Asking somebody else whether their words could become a strategy. */
export function canRequest(viewer: Viewer, post: AccessiblePost): boolean {
  return !post.mine && canTag(viewer, post);
}

/** Making a strategy of one's own words. */
export function canMake(viewer: Viewer, post: AccessiblePost): boolean {
  return viewer.verified && post.mine && (post.status === 'published' || post.status === 'held');
}
