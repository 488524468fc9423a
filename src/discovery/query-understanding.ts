import { editDistance } from '../content/edit-distance.js';
import { difficultyTerms, situationTerms, spellings, wordsIn, type Term } from './vocabulary.js';

/** More than this is a story; its beginning says what it is about. */
export const LONGEST_QUERY = 500;

interface Understood {
  /** Tags, as they were said. */
  difficulties: string[];
  situations: string[];
  /** The words themselves, for the descriptions of communities. */
  words: string[];
}

/**
 * What free words are about: everyday ways of saying things, British and American, and small slips
 * of spelling. Pure.
 */
export function understand(text: string): Understood {
  const words = wordsIn(text.slice(0, LONGEST_QUERY));
  const meant = words.map(respelt);
  const said = (terms: readonly Term[]): string[] => [
    ...new Set([...found(terms, words), ...found(terms, meant)]),
  ];
  return {
    difficulties: said(difficultyTerms),
    situations: said(situationTerms),
    words: [...new Set([...words, ...meant])],
  };
}

function found(terms: readonly Term[], words: readonly string[]): string[] {
  const places = terms.flatMap((term) => {
    const at = words.findIndex((_, start) =>
      term.words.every((word, offset) => words[start + offset] === word),
    );
    return at === -1 ? [] : [{ tag: term.tag, at, length: term.words.length }];
  });
  // "Lost my job" is about being without work, not about a job: the longest way of saying something
  // has its words to itself.
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

// A word that is right stays; one that is a slip away from exactly what we know becomes that. The
// first letter is seldom the slip, and holding to it keeps "sorry" from being "worry".
function respelt(word: string): string {
  if (word.length < 5 || spellings.has(word)) return word;
  const most = word.length >= 8 ? 2 : 1;
  let best = word;
  let least = most + 1;
  for (const known of spellings) {
    if (known[0] !== word[0] || Math.abs(known.length - word.length) > most) continue;
    const away = editDistance(word, known, least - 1);
    if (away < least) [best, least] = [known, away];
  }
  return best;
}
