import { compareTiers } from '../review/review-targets.js';
import { disclosureToken, type DisclosureReport } from '../disclosure/disclosure-check.js';
import type { SubmissionResult } from './submission.js';

/** Nothing is written yet: the author first sees what a program saw. */
export class DisclosureReviewNeeded extends Error {
  constructor(readonly look: DisclosureReport) {
    super('details are explained before they are published');
  }
}

/**
 * Details are explained once, for the very words that were sent. A cry for help is never asked to
 * wait: it goes in, and the explanation follows. Nor is what nobody could screen, as it may be one.
 * @param answered the mark that came back with the form
 * @throws LookFirst
 */
export function requireDisclosureReview(verdict: SubmissionResult, answered: string): void {
  const { look, tier } = verdict;
  if (
    look === null ||
    tier === 'unknown' ||
    compareTiers(tier, 'urgent') >= 0 ||
    answered === disclosureToken(look.texts)
  )
    return;
  throw new DisclosureReviewNeeded(look);
}

/** Runs what may ask for a look first; the look comes back instead of an error. */
export async function orDisclosureReview<T extends object>(
  work: () => Promise<T>,
): Promise<T | { look: DisclosureReport }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DisclosureReviewNeeded) return { look: error.look };
    throw error;
  }
}
