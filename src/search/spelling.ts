import { editDistance } from '../content/edit-distance.js';

/** Slips that a word of so many letters may hold and still be the same word. */
export function slipsAllowed(letters: number): number {
  return letters < 4 ? 0 : letters < 7 ? 1 : 2;
}

export interface KnownWord {
  word: string;
  documents: number;
}

/**
 * The known word that was meant: fewest slips, then the one that stands in more texts; null where
 * none is near.
 */
export function meant(word: string, known: readonly KnownWord[]): string | null {
  const most = slipsAllowed(word.length);
  const near = known
    .map((each) => ({ ...each, slips: editDistance(word, each.word, most) }))
    .filter(({ slips }) => slips > 0 && slips <= most);
  return near.sort((a, b) => a.slips - b.slips || b.documents - a.documents)[0]?.word ?? null;
}
