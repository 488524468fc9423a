import { editDistance } from '../content/edit-distance.js';

/** Maximum edit distance for a word of this length. */
export function editsAllowed(letters: number): number {
  return letters < 4 ? 0 : letters < 7 ? 1 : 2;
}

export interface KnownWord {
  word: string;
  documents: number;
}

/**
 * The known word with the fewest edits; among equal ones, the one in more documents.
 * @returns null if none is within the allowed edits
 */
export function closestWord(word: string, known: readonly KnownWord[]): string | null {
  const most = editsAllowed(word.length);
  const candidates = known
    .map((each) => ({ ...each, edits: editDistance(word, each.word, most) }))
    .filter(({ edits }) => edits > 0 && edits <= most);
  return candidates.sort((a, b) => a.edits - b.edits || b.documents - a.documents)[0]?.word ?? null;
}
