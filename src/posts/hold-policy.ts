import { DAY } from '../kernel/clock.js';
import { isModeratedNow, moderatedFrom, type ModeratedHours } from '../review/moderated-hours.js';
import type { CaseTier, Tier } from '../triage/risk.js';
import { compareTiers, CRISIS_HOLD, dueBy, HELD_TARGET } from '../review/review-targets.js';

export type HeldFor =
  | 'first-post'
  | 'pre-moderation'
  | 'detail'
  | 'crisis'
  | 'rule'
  | 'mail'
  | 'returned'
  | 'resubmitted';

export interface Hold {
  readonly why: HeldFor;
  /** When the hold is escalated to the next person; null if the post waits for its author. */
  readonly until: Date | null;
}

/** Milliseconds for which an account counts as new. */
export const NEW_ACCOUNT = DAY;
/** Maximum number of links to other sites in one post of a new account. */
export const MAX_NEW_LINKS = 2;
/** Maximum number of posts of a new account with the same text within a day. */
export const MAX_REPEATS = 2;
/** Number of posts of a new account within an hour after which further ones are held. */
export const MAX_POSTS_PER_HOUR = 15;

/** Community roles that someone had to grant. */
const TRUSTED = ['moderator', 'supporter', 'professional'];

/** What the hold policy needs to know of an author in a community. */
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
  /** Published posts in this community, counted up to 50. */
  readonly published: number;
  /** Posts with the same text within a day; 0 unless the account is new. */
  readonly repeats: number;
  /** Posts within the last hour; 0 unless the account is new. */
  readonly lately: number;
}

export interface AssessedSubmission {
  readonly tier: CaseTier;
  readonly ruleHolds: boolean;
  readonly links: number;
  /**
   * The disclosure check found a detail that the author chose to keep, such as an address or a
   * name.
   */
  readonly detail?: boolean;
  /**
   * Received by email, and may contain text not meant for others: a signature, a name, a quotation.
   */
  readonly doubtful?: boolean;
}

/**
 * Decides whether a post is held before others see it, why, and until when. A possible crisis takes
 * precedence over every other reason, because the author is shown the reason; outside moderated
 * hours the hold lasts until they begin.
 * @returns null if the post is published at once
 */
export function holdFor(author: AuthorRecord, weighed: AssessedSubmission, now: Date): Hold | null {
  const threshold = isModeratedNow(author.hours, now) ? author.holdOnShift : author.holdOutside;
  if (threshold !== 'none' && compareTiers(weighed.tier, threshold) >= 0)
    return { why: 'crisis', until: dueBy(CRISIS_HOLD, author.hours, now) };
  // Authors are told this time, and nobody reads outside moderated hours.
  const due = dueBy(HELD_TARGET, author.hours, now);
  const until = moderatedFrom(author.hours, due) ?? due;
  if (weighed.detail === true) return { why: 'detail', until };
  if (weighed.doubtful === true) return { why: 'mail', until };
  if (weighed.ruleHolds) return { why: 'rule', until };
  if (author.siteRole !== 'member' || TRUSTED.includes(author.communityRole ?? '')) return null;
  if (
    isNew(author, now) &&
    (weighed.links > MAX_NEW_LINKS ||
      author.repeats >= MAX_REPEATS ||
      author.lately >= MAX_POSTS_PER_HOUR)
  )
    return { why: 'rule', until };
  if (author.preModeration === 'all') return { why: 'pre-moderation', until };
  return author.preModeration === 'first-posts' && !isKnown(author, now)
    ? { why: 'first-post', until }
    : null;
}

export function isNew(author: Pick<AuthorRecord, 'accountSince'>, now: Date): boolean {
  return now.getTime() - author.accountSince.getTime() < NEW_ACCOUNT;
}

// Pre-moderation of first posts ends by trust, by count or after a time.
function isKnown(author: AuthorRecord, now: Date): boolean {
  if (author.trusted || author.published >= author.firstPostsCount) return true;
  return (
    author.firstPostsDays !== null &&
    author.joinedAt !== null &&
    now.getTime() - author.joinedAt.getTime() > author.firstPostsDays * DAY
  );
}

/** Number of links to other sites. */
export function linksIn(text: string): number {
  return text.match(/\bhttps?:\/\/|\bwww\./gi)?.length ?? 0;
}

export function statusOf(hold: Hold | null): 'held' | 'published' {
  return hold === null ? 'published' : 'held';
}
