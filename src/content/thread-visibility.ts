import { joined } from './visibility.js';

/**
 * Whether the viewer is in the audience of members-only posts of the community of membership `m`:
 * the same as `inAudience`, without looking the viewer up for each condition.
 * @param staff SQL: whether the viewer is staff
 * @param suspended SQL: whether the viewer is suspended
 */
export function isAmongMembers(m: string, staff: string, suspended: string): string {
  return `(not ${suspended} and (${staff} or ${joined(m)}))`;
}

/** Whether the viewer is in the audience of post `p`. @param amongMembers SQL: see `isAmongMembers` */
export function isInAudience(p: string, amongMembers: string): string {
  return `(not ${p}.members_only or ${amongMembers})`;
}

/**
 * Whether thread `t` is visible to the viewer: published, their own, or moderated by them. If its
 * opening `o` is for members only, only members see it.
 * @param amongMembers SQL: see `isAmongMembers`
 */
export function threadVisible(
  t: string,
  o: string,
  amongMembers: string,
  viewer: string,
  moderates: string,
): string {
  return `
    ((${t}.status = 'published' and ${isInAudience(o, amongMembers)})
      or ${o}.author_id = ${viewer}
      or ${moderates})
  `;
}

/**
 * Whether post `p` is visible to the viewer. A held or hidden post is visible only to its author
 * and the moderators.
 * @param amongMembers SQL: see `isAmongMembers`
 */
export function postVisible(
  p: string,
  amongMembers: string,
  viewer: string,
  moderates: string,
): string {
  return `
    ((${p}.status in ('published', 'withdrawn', 'removed')
        and ${isInAudience(p, amongMembers)})
      or ${p}.author_id = ${viewer}
      or ${moderates})
  `;
}
