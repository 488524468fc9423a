import { compareTiers } from '../review/review-targets.js';
import { disclosureToken, type DisclosureReport } from '../disclosure/disclosure-check.js';
import type { SubmissionResult } from './submission.js';

/** Nothing is stored yet: the author first reviews what the disclosure check found. */
export class DisclosureReviewNeeded extends Error {
  constructor(readonly disclosure: DisclosureReport) {
    super('details are explained before they are published');
  }
}

/**
 * Requires the author to review disclosed details once, for exactly the submitted text. A post that
 * may be a cry for help is never delayed, nor is one that could not be screened: the review follows
 * on the page.
 * @param answered the token of the reviewed text, as the form sent it
 * @throws DisclosureReviewNeeded
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
  throw new DisclosureReviewNeeded(disclosure);
}

/** Runs `work`; where it requires a disclosure review, returns the report instead of throwing. */
export async function orDisclosureReview<T extends object>(
  work: () => Promise<T>,
): Promise<T | { disclosure: DisclosureReport }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DisclosureReviewNeeded) return { disclosure: error.disclosure };
    throw error;
  }
}
