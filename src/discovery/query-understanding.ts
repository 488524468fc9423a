import { editDistance } from '../content/edit-distance.js';
import { difficultyTerms, GAP, situationTerms, spellings, wordsIn } from './vocabulary.js';

/** In characters; longer texts state their subject near the beginning. */
export const LONGEST_QUERY = 500;

interface Understood {
  /** Tags, by descending number of words that refer to them. */
  difficulties: string[];
  situations: string[];
  /** The words with corrections, for searching descriptions. */
  words: string[];
}

/**
 * Detects tags in free text by the phrases of vocabulary.json, correcting small spelling mistakes.
 * Pure.
 */
export function understand(text: string): Understood {
  const words = wordsIn(text.slice(0, LONGEST_QUERY));
  const corrected = words.map(correct);
  const found = [...new Set([...tagsIn(words), ...tagsIn(corrected)])];
  return {
    difficulties: found.filter((tag) => !situations.has(tag)),
    situations: found.filter((tag) => situations.has(tag)),
    words: [...new Set([...words, ...corrected])],
  };
}

const situations: ReadonlySet<string> = new Set(situationTerms.map(({ tag }) => tag));
const byFirstWord = Map.groupBy([...difficultyTerms, ...situationTerms], ({ words }) => words[0]);

/** Words that start another clause: "my mum thinks I am ill" is not about her. */
const OTHER_THOUGHT = new Set(
  'i im ive me my says said thinks and but because since when while'.split(' '),
);
const LONGEST_GAP = 3;

function tagsIn(words: readonly string[]): string[] {
  const places = words.flatMap((first, start) =>
    (byFirstWord.get(first) ?? []).flatMap(({ tag, words: phrase }) => {
      const own = placesOf(phrase, words, start);
      return own === null ? [] : [{ tag, own }];
    }),
  );
  // The longest phrase wins: "lost my job" is about being without work, not about a job, and in "my
  // sister is depressed" the writer is not the one who is.
  const claims = new Map<number, number>();
  for (const { own } of places)
    for (const at of own) claims.set(at, Math.max(claims.get(at) ?? 0, own.length));
  const said = new Map<string, Set<number>>();
  for (const { tag, own } of places)
    if (own.every((at) => claims.get(at) === own.length))
      said.set(tag, new Set([...(said.get(tag) ?? []), ...own]));
  return [...said].sort(([, a], [, b]) => b.size - a.size).map(([tag]) => tag);
}

/** The positions of a phrase's words; null if it does not occur, or the words are too far apart. */
function placesOf(
  phrase: readonly string[],
  words: readonly string[],
  start: number,
): number[] | null {
  const own: number[] = [];
  let at = start;
  for (const [n, word] of phrase.entries()) {
    if (word === GAP) {
      const end = at + LONGEST_GAP;
      while (at < end && words[at] !== phrase[n + 1] && !OTHER_THOUGHT.has(words[at] ?? 'i'))
        at += 1;
      continue;
    }
    if (words[at] !== word) return null;
    own.push(at);
    at += 1;
  }
  return own;
}

// Replaces a word by the nearest known one. The first letter must match: it is seldom mistyped, and
// "sorry" must not become "worry".
function correct(word: string): string {
  if (word.length < 5 || spellings.has(word)) return word;
  const most = word.length >= 8 ? 2 : 1;
  let best = word;
  let least = most + 1;
  for (const known of spellings) {
    if (known[0] !== word[0] || Math.abs(known.length - word.length) > most) continue;
    const distance = editDistance(word, known, least - 1);
    if (distance < least) [best, least] = [known, distance];
  }
  return best;
}
