import type { Tier } from '../triage/risk.js';
import {
  isConcern,
  READ_WITHIN,
  REPORT_REASONS,
  type ReasonKey,
  type ReportReason,
  type Target,
} from '../review/review-targets.js';

/** What became of what this person reported before, in the last months. */
export interface ReportersRecord {
  /** Worries about the same author that a moderator found no ground for. */
  readonly groundlessWorries: number;
  /** Worries about the same author within a day, this one not counted. */
  readonly worriesToday: number;
  /** This worry is one of more within an hour than anybody needs to send, about whomever. */
  readonly many?: boolean;
  /** Reports that took a post from sight without ground. */
  readonly groundlessHides: number;
  /** An account so young that nothing is known of it. */
  readonly newcomer: boolean;
}

export interface WeighedReport {
  readonly tier: Tier;
  readonly target: Target;
  /** Taken from sight until a person has read it. */
  readonly hides: boolean;
  /** Worry is used again and again against one person: that is for moderators to see too. */
  readonly doubted: boolean;
}

/**
 * From so many worries without ground about one person, the next is read without haste, and so is
 * whoever sends them.
 */
const GROUNDLESS = 2;
const MANY_IN_A_DAY = 3;

/**
 * A report is never refused for who sends it: a person reads every one. The record only says how
 * soon, and whether a post waits meanwhile.
 */
export function weighReport(reason: ReasonKey, record: ReportersRecord): WeighedReport {
  const { floor, target, hides }: ReportReason = REPORT_REASONS[reason];
  const often = record.many === true || record.worriesToday >= MANY_IN_A_DAY;
  const doubted = isConcern(reason) && (often || record.groundlessWorries >= GROUNDLESS);
  return {
    tier: doubted ? 'watch' : floor,
    target: doubted ? READ_WITHIN.watch : target,
    hides: hides === true && record.groundlessHides < GROUNDLESS && !record.newcomer,
    doubted,
  };
}
