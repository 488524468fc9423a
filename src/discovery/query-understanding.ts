import { editDistance } from '../content/edit-distance.js';
import { difficultyTerms, situationTerms, spellings, wordsIn, type Term } from './vocabulary.js';

/** In characters; longer texts say what they are about near their beginning. */
export const LONGEST_QUERY = 500;

interface Understood {
  /** Tags, in the order of their longest phrases. */
  difficulties: string[];
  situations: string[];
  /** The words, and their corrections, to search descriptions with. */
  words: string[];
}

/**
 * Detects tags in a free text, by the phrases of vocabulary.json, with small spelling mistakes
 * corrected. Pure.
 */
export function understand(text: string): Understood {
  const words = wordsIn(text.slice(0, LONGEST_QUERY));
  const corrected = words.map(correct);
  const tagsOf = (terms: readonly Term[]): string[] => [
    ...new Set([...tagsIn(terms, words), ...tagsIn(terms, corrected)]),
  ];
  return {
    difficulties: tagsOf(difficultyTerms),
    situations: tagsOf(situationTerms),
    words: [...new Set([...words, ...corrected])],
  };
}

function tagsIn(terms: readonly Term[], words: readonly string[]): string[] {
  const places = terms.flatMap((term) => {
    const at = words.findIndex((_, start) =>
      term.words.every((word, offset) => words[start + offset] === word),
    );
    return at === -1 ? [] : [{ tag: term.tag, at, length: term.words.length }];
  });
  // The longest phrase claims its words: "lost my job" is about being without work, not about a job.
  const taken = new Set<number>();
  return places
    .sort((a, b) => b.length - a.length || a.at - b.at)
    .filter(({ at, length }) => {
      const own = Array.from({ length }, (_, offset) => at + offset);
      const free = !own.some((place) => taken.has(place));
      if (free) for (const place of own) taken.add(place);
      return free;
    })
    .map(({ tag }) => tag);
}

// Replaces a word by the nearest known one. The first letter has to match: it is seldom mistyped,
// and "sorry" must not become "worry".
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
