import { LONGEST_BODY } from '../posts/post.dto.js';
import { compareTiers } from '../review/review-targets.js';
import type { Screened } from '../triage/screening.js';

/** What stands across the end of a piece is read in the next one. */
const OVERLAP = 1_000;

/**
 * Screens a text of any length, in pieces as long as a post may be: screening reads the beginning of
 * a longer text alone.
 * @param screen screens a piece; all of them share its time
 * @returns what is found in the gravest piece; not screened where time runs out before danger is
 *   found
 */
export function screenPieces(text: string, screen: (piece: string) => Screened): Screened {
  let gravest = screen(text.slice(0, LONGEST_BODY));
  const step = LONGEST_BODY - OVERLAP;
  for (let from = step; from + OVERLAP < text.length; from += step) {
    const found = screen(text.slice(from, from + LONGEST_BODY));
    if (compareTiers(found.named, gravest.named) > 0 || compareTiers(found.tier, gravest.tier) > 0)
      gravest = { ...found, signals: found.signals.map((signal) => moved(signal, from)) };
    // There is no more time: what was found counts, or a person has to read it.
    if (found.unscreened === 'screening-late') break;
  }
  return gravest;
}

function moved(signal: Screened['signals'][number], by: number): Screened['signals'][number] {
  const [from, to] = signal.span;
  return { ...signal, span: [from + by, to + by] };
}
