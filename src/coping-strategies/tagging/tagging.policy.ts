import type { Viewer } from '../../http/viewer.js';
import type { AccessiblePost } from '../../posts/post-access.js';

/** The writer may tag a published or held post; other members only a published one. */
export function canTag(viewer: Viewer, post: AccessiblePost): boolean {
  if (!viewer.verified || post.archived) return false;
  return post.mine
    ? post.status === 'published' || post.status === 'held'
    : post.member && post.status === 'published';
}

/** Whether the viewer may request a strategy from the writer. */
export function canRequest(viewer: Viewer, post: AccessiblePost): boolean {
  return !post.mine && canTag(viewer, post);
}

/** Only the writer may turn a post into a strategy. */
export function canMake(viewer: Viewer, post: AccessiblePost): boolean {
  return viewer.verified && post.mine && (post.status === 'published' || post.status === 'held');
}
