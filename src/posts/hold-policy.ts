import { DAY } from '../kernel/clock.js';
import { isModeratedNow, type ModeratedHours } from '../review/moderated-hours.js';
import type { CaseTier, Tier } from '../triage/risk.js';
import { compareTiers, CRISIS_HOLD, dueBy, HELD_WITHIN } from '../review/review-targets.js';

export type HeldFor =
  'first-post' | 'pre-moderation' | 'detail' | 'crisis' | 'rule' | 'mail' | 'returned';

export interface Hold {
  readonly why: HeldFor;
  /**
   * When the clock runs out and the post goes to the next person; null where it waits for its
   * author.
   */
  readonly until: Date | null;
}

/** An account this young is not known yet. */
export const NEW_ACCOUNT = DAY;
/** Links to other sites in one post of a new account. */
export const MOST_NEW_LINKS = 2;
/** How often a new account may post the same words. */
export const MOST_REPEATS = 2;
/** Posts of a new account within an hour, before a moderator looks in. */
export const MOST_AN_HOUR = 15;

/** Roles in a community whose bearers somebody has chosen. */
const TRUSTED = ['moderator', 'supporter', 'professional'];

/** What has to be known of a writer and a place to say whether a post waits. */
export interface AuthorRecord {
  readonly hours: ModeratedHours;
  readonly preModeration: 'none' | 'first-posts' | 'all';
  readonly firstPostsCount: number;
  readonly firstPostsDays: number | null;
  readonly holdOnShift: Tier;
  readonly holdOutside: Tier;
  readonly siteRole: string;
  readonly communityRole: string | null;
  readonly trusted: boolean;
  readonly joinedAt: Date | null;
  readonly accountSince: Date;
  /** Published in this community, counted no further than it matters. */
  readonly published: number;
  /** Posts of the last day with the same words, by a new account. */
  readonly repeats: number;
  /** Posts within the hour, by a new account. */
  readonly lately: number;
}

export interface WeighedSubmission {
  readonly tier: CaseTier;
  readonly ruleHolds: boolean;
  readonly links: number;
  /** A content check found a detail that its author kept: an address, a name, a way to be hurt. */
  readonly detail?: boolean;
  /**
   * It came by mail, and not all of it may be meant for others: a signature, a name, what was
   * quoted.
   */
  readonly doubtful?: boolean;
}

/**
 * Whether a post waits before others see it, and until when. A cry for help comes before any other
 * reason, so that its author is told what matters; with nobody there it waits until somebody is.
 */
export function holdFor(
  standing: AuthorRecord,
  weighed: WeighedSubmission,
  now: Date,
): Hold | null {
  const threshold = isModeratedNow(standing.hours, now)
    ? standing.holdOnShift
    : standing.holdOutside;
  if (threshold !== 'none' && compareTiers(weighed.tier, threshold) >= 0)
    return { why: 'crisis', until: dueBy(CRISIS_HOLD, standing.hours, now) };
  const until = dueBy(HELD_WITHIN, standing.hours, now);
  if (weighed.detail === true) return { why: 'detail', until };
  if (weighed.doubtful === true) return { why: 'mail', until };
  if (weighed.ruleHolds) return { why: 'rule', until };
  if (standing.siteRole !== 'member' || TRUSTED.includes(standing.communityRole ?? '')) return null;
  if (
    isNew(standing, now) &&
    (weighed.links > MOST_NEW_LINKS ||
      standing.repeats >= MOST_REPEATS ||
      standing.lately >= MOST_AN_HOUR)
  )
    return { why: 'rule', until };
  if (standing.preModeration === 'all') return { why: 'pre-moderation', until };
  return standing.preModeration === 'first-posts' && !isKnown(standing, now)
    ? { why: 'first-post', until }
    : null;
}

export function isNew(standing: Pick<AuthorRecord, 'accountSince'>, now: Date): boolean {
  return now.getTime() - standing.accountSince.getTime() < NEW_ACCOUNT;
}

// The review of first posts ends by trust, by count, or by time.
function isKnown(standing: AuthorRecord, now: Date): boolean {
  if (standing.trusted || standing.published >= standing.firstPostsCount) return true;
  return (
    standing.firstPostsDays !== null &&
    standing.joinedAt !== null &&
    now.getTime() - standing.joinedAt.getTime() > standing.firstPostsDays * DAY
  );
}

/** Links to other sites. */
export function linksIn(text: string): number {
  return text.match(/\bhttps?:\/\/|\bwww\./gi)?.length ?? 0;
}

export function statusOf(hold: Hold | null): 'held' | 'published' {
  return hold === null ? 'published' : 'held';
}
