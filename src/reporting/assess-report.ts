import type { Tier } from '../triage/risk.js';
import {
  isConcern,
  READ_WITHIN,
  REPORT_REASONS,
  type ReasonKey,
  type ReportReason,
  type Target,
} from '../review/review-targets.js';

/** The outcomes of a reporter's recent reports. */
export interface ReportersRecord {
  /** Concerns about the same author that moderators found groundless. */
  readonly groundlessConcerns: number;
  /** Other concerns about the same author within a day. */
  readonly concernsToday: number;
  /** The reporter filed unusually many concerns within an hour, about any author. */
  readonly many?: boolean;
  /** Reports that hid a post and that moderators found groundless. */
  readonly groundlessHides: number;
  /** The account is less than a day old. */
  readonly newcomer: boolean;
}

export interface AssessedReport {
  readonly tier: Tier;
  readonly target: Target;
  /** Whether the post is hidden until a moderator has read it. */
  readonly hides: boolean;
  /** Concerns are repeatedly raised about one author: moderators get a case about that. */
  readonly doubted: boolean;
}

/**
 * After this many groundless concerns about one author, the next is less urgent, and moderators get
 * a case about the reporter.
 */
const GROUNDLESS = 2;
const FREQUENT_PER_DAY = 3;

/**
 * Weighs a report by its reporter's record. No report is refused: a moderator reads every one. The
 * record only affects how soon, and whether the post is hidden until then.
 */
export function assessReport(reason: ReasonKey, record: ReportersRecord): AssessedReport {
  const { floor, target, hides }: ReportReason = REPORT_REASONS[reason];
  const often = record.many === true || record.concernsToday >= FREQUENT_PER_DAY;
  const doubted = isConcern(reason) && (often || record.groundlessConcerns >= GROUNDLESS);
  return {
    tier: doubted ? 'watch' : floor,
    target: doubted ? READ_WITHIN.watch : target,
    hides: hides === true && record.groundlessHides < GROUNDLESS && !record.newcomer,
    doubted,
  };
}
