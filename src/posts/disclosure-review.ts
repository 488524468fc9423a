import { compareTiers } from '../review/review-targets.js';
import { disclosureToken, type DisclosureReport } from '../disclosure/disclosure-check.js';
import type { SubmissionResult } from './submission.js';

/** What an author reviews before a post is saved. */
export interface SubmissionReview {
  /** Details that the author has not reviewed yet; null if there are none. */
  readonly disclosure: DisclosureReport | null;
  /** A rule finds a danger named in the text: the author's own emergency card comes first. */
  readonly danger: boolean;
}

/** Thrown before anything is saved: the author first reviews what the check found. */
export class ReviewNeeded extends Error {
  constructor(readonly review: SubmissionReview) {
    super('the author reviews the text before it is posted');
  }
}

/** @throws ReviewNeeded if the author pressed the button to review before posting */
export function throwIfReviewRequested(
  result: SubmissionResult,
  form: { readonly review: boolean },
): void {
  if (!form.review) return;
  throw new ReviewNeeded({
    disclosure: result.disclosure,
    danger: compareTiers(result.named, 'urgent') >= 0,
  });
}

/**
 * Requires the author to review disclosed details once, for exactly the submitted text. A post that
 * may be a cry for help is never delayed, nor is one that could not be screened: its author reviews
 * it on the page afterwards.
 * @param answered the token of the reviewed text, as the form submitted it
 * @throws ReviewNeeded
 */
export function requireDisclosureReview(result: SubmissionResult, answered: string): void {
  const { disclosure, tier } = result;
  if (
    disclosure === null ||
    tier === 'unknown' ||
    compareTiers(tier, 'urgent') >= 0 ||
    answered === disclosureToken(disclosure.texts)
  )
    return;
  throw new ReviewNeeded({ disclosure, danger: false });
}

/** Runs `work`. If it requires a review, returns the review instead of throwing. */
export async function catchReview<T extends object>(
  work: () => Promise<T>,
): Promise<T | { review: SubmissionReview }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReviewNeeded) return { review: error.review };
    throw error;
  }
}
