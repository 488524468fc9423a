import type { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import type { AccessiblePost } from '../posts/post-access.js';
import { isDanger } from '../review/review-targets.js';

/**
 * Counts a report against the rate limit. Moderators of the community are exempt, and a report of
 * danger is never refused.
 * @returns whether the viewer reported danger so often within an hour that a moderator has to
 *   review their reports
 * @throws TooManyRequests for any other report beyond the limit
 */
export async function countReport(
  limits: RateLimits,
  viewer: Viewer,
  post: AccessiblePost,
  reason: string,
): Promise<boolean> {
  if (post.moderates) return false;
  if (isDanger(reason)) return !(await limits.within('report-danger', viewer.memberId, 10, 3_600));
  await limits.count('report', viewer.memberId, 10, 3_600);
  await limits.count('report-day', viewer.memberId, 40, 86_400);
  return false;
}
