import { compareTiers } from '../safety/targets.js';
import { markOf, type Look } from '../safety/look-before.js';
import type { Verdict } from './intake.service.js';

/** Nothing is written yet: the author first sees what a program saw. */
export class LookFirst extends Error {
  constructor(readonly look: Look) {
    super('details are explained before they are published');
  }
}

/**
 * Details are explained once, for the very words that were sent. A cry for help is never asked to
 * wait: it goes in, and the explanation follows. Nor is what nobody could screen, as it may be one.
 * @param answered the mark that came back with the form
 * @throws LookFirst
 */
export function explainFirst(verdict: Verdict, answered: string): void {
  const { look, tier } = verdict;
  if (
    look === null ||
    tier === 'unknown' ||
    compareTiers(tier, 'urgent') >= 0 ||
    answered === markOf(look.texts)
  )
    return;
  throw new LookFirst(look);
}

/** Runs what may ask for a look first; the look comes back instead of an error. */
export async function unlessLookFirst<T extends object>(
  work: () => Promise<T>,
): Promise<T | { look: Look }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LookFirst) return { look: error.look };
    throw error;
  }
}
