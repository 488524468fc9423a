import type { Tier } from '../triage/risk.js';
import {
  isConcern,
  READ_WITHIN,
  REPORT_REASONS,
  type ReasonKey,
  type ReportReason,
  type Target,
} from '../review/review-targets.js';

/** The outcomes of a reporter's earlier reports in the last months. */
export interface ReportersRecord {
  /** Concerns about the same author that a moderator found no reason for. */
  readonly groundlessConcerns: number;
  /** Concerns about the same author within a day, without this one. */
  readonly concernsToday: number;
  /** The reporter sent more concerns within an hour than anybody needs, about any author. */
  readonly many?: boolean;
  /** Reports that hid a post for which a moderator found no reason. */
  readonly groundlessHides: number;
  /** An account less than a day old. */
  readonly newcomer: boolean;
}

export interface WeighedReport {
  readonly tier: Tier;
  readonly target: Target;
  /** Whether the post is hidden until a moderator has read it. */
  readonly hides: boolean;
  /** Concerns are used again and again against one author: moderators get a case about that. */
  readonly doubted: boolean;
}

/**
 * From this number of groundless concerns about one author, the next is read with less urgency, and
 * moderators get a case about the reporter.
 */
const GROUNDLESS = 2;
const MANY_IN_A_DAY = 3;

/**
 * No report is refused because of its reporter: a moderator reads every one. The record only
 * decides how soon, and whether the post is hidden until then.
 */
export function weighReport(reason: ReasonKey, record: ReportersRecord): WeighedReport {
  const { floor, target, hides }: ReportReason = REPORT_REASONS[reason];
  const often = record.many === true || record.concernsToday >= MANY_IN_A_DAY;
  const doubted = isConcern(reason) && (often || record.groundlessConcerns >= GROUNDLESS);
  return {
    tier: doubted ? 'watch' : floor,
    target: doubted ? READ_WITHIN.watch : target,
    hides: hides === true && record.groundlessHides < GROUNDLESS && !record.newcomer,
    doubted,
  };
}
