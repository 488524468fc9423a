import { MAX_BODY_LENGTH } from '../posts/post.dto.js';
import { compareTiers } from '../review/review-targets.js';
import { isFailure, type Screened, type Screening } from '../triage/screening.js';
import { countedTier, namesDanger } from './graver-part.js';

/**
 * Number of characters by which pieces overlap, so that text across their border is read as a
 * whole.
 */
const OVERLAP = 1_000;
const STEP = MAX_BODY_LENGTH - OVERLAP;

/** Screens several texts of one email, each of any length, within the time budget of one text. */
export function mailScreening(
  screening: Pick<Screening, 'budget' | 'screen'>,
): (text: string) => Screened {
  const budget = screening.budget();
  return (text) =>
    screenPieces(text, (piece) => screening.screen(piece, { writtenAs: 'reply' }, budget));
}

/**
 * Screens a text of any length in pieces of a post's maximum length, because the screening reads
 * only the beginning of a longer text.
 * @param screen screens a piece; all share one time budget
 * @returns the most serious result; if no piece names danger and one could not be screened, for
 *   example because time ran out, the reason
 */
export function screenPieces(text: string, screen: (piece: string) => Screened): Screened {
  const pieces: Screened[] = [];
  for (let from = 0; from === 0 || from + OVERLAP < text.length; from += STEP) {
    const screened = screen(text.slice(from, from + MAX_BODY_LENGTH));
    pieces.push({ ...screened, signals: screened.signals.map((signal) => shifted(signal, from)) });
    if (screened.unscreened === 'screening-late') break;
  }
  const mostSerious = pieces.reduce((most, each) =>
    compareTiers(countedTier(each), countedTier(most)) > 0 ? each : most,
  );
  if (namesDanger(mostSerious)) return mostSerious;
  return pieces.find(({ unscreened }) => isFailure(unscreened)) ?? mostSerious;
}

function shifted(signal: Screened['signals'][number], by: number): Screened['signals'][number] {
  const [from, to] = signal.span;
  return { ...signal, span: [from + by, to + by] };
}
