import type { Viewer } from '../../http/viewer.js';
import type { AccessiblePost } from '../../posts/post-access.js';

/** The writer may tag a post that is published or held; other members a published one. */
export function canTag(viewer: Viewer, post: AccessiblePost): boolean {
  if (!viewer.verified || post.archived) return false;
  return post.mine
    ? post.status === 'published' || post.status === 'held'
    : post.member && post.status === 'published';
}

/** Whether the viewer may ask the writer for a strategy. */
export function canRequest(viewer: Viewer, post: AccessiblePost): boolean {
  return !post.mine && canTag(viewer, post);
}

/** Only the writer may make a strategy of a post. */
export function canMake(viewer: Viewer, post: AccessiblePost): boolean {
  return viewer.verified && post.mine && (post.status === 'published' || post.status === 'held');
}
