import { SITUATIONS } from '../communities/community-tags.js';
import { editDistance } from '../content/edit-distance.js';
import { ORDINARY, stemsOf, vocabularies, wordsIn, type Vocabulary } from './vocabulary.js';

/** In characters; longer texts state their subject near the beginning. */
export const LONGEST_QUERY = 500;

interface Understood {
  /** Tags, by descending number of phrases that refer to them. */
  difficulties: string[];
  situations: string[];
  /** The words with corrections, for searching descriptions. */
  words: string[];
}

/**
 * Detects tags in free text by the phrases of `vocabulary/`, correcting small spelling mistakes.
 * Pure.
 */
export function understand(text: string): Understood {
  const words = wordsIn(text.slice(0, LONGEST_QUERY));
  const said = new Map<string, number>();
  const corrections: string[] = [];
  for (const vocabulary of vocabularies()) {
    const folded = vocabulary.fold(words);
    const corrected = folded.map((word) => correct(word, vocabulary));
    const found = new Map([...tagsIn(folded, vocabulary), ...tagsIn(corrected, vocabulary)]);
    for (const [tag, count] of found) said.set(tag, Math.max(said.get(tag) ?? 0, count));
    corrections.push(...corrected.filter((word, at) => word !== folded[at]));
  }
  const tags = [...said].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
  return {
    difficulties: tags.filter((tag) => !situations.has(tag)),
    situations: tags.filter((tag) => situations.has(tag)),
    words: [...new Set([...words, ...corrections])],
  };
}

const situations: ReadonlySet<string> = new Set(SITUATIONS);

/** The tags of the phrases in a text in their order, each with its number of phrases. */
function tagsIn(words: readonly string[], vocabulary: Vocabulary): Map<string, number> {
  const { matcher } = vocabulary;
  const found = matcher.sentence(matcher.numbers(stemsOf(words, vocabulary)), 0, words.length);
  const said = new Map<string, number>();
  for (const phrase of found) {
    // The longest phrase wins: "lost my job" is about being without work, not about a job, and in
    // "my sister is depressed" the writer is not the one who is.
    const isPart = found.some(
      (other) =>
        other.from <= phrase.from &&
        other.to >= phrase.to &&
        other.to - other.from > phrase.to - phrase.from,
    );
    if (!isPart && phrase.value !== ORDINARY)
      said.set(phrase.value, (said.get(phrase.value) ?? 0) + 1);
  }
  return said;
}

// Replaces a word by the nearest known one. The first letter must match: it is seldom mistyped, and
// "sorry" must not become "worry".
function correct(word: string, { spellings }: Vocabulary): string {
  if (word.length < 5 || vocabularies().some(({ words }) => words.has(word))) return word;
  const most = word.length >= 10 ? 2 : 1;
  let best = word;
  let least = most + 1;
  for (const known of spellings.get(word.charAt(0)) ?? []) {
    if (Math.abs(known.length - word.length) > most) continue;
    const distance = editDistance(word, known, least - 1);
    if (distance < least) [best, least] = [known, distance];
  }
  return best;
}
