import type { ScoredMatch } from './risk.js';
import type { CoOccurrence, Rules } from './rules.js';
import type { Hit, Sentence } from './sentence-analysis.js';

interface Place {
  readonly from: number;
  readonly to: number;
}

/** The first position of each rule, kind and mark in a sentence: by name, then by sentence. */
type Places = Map<string, Map<number, Place>>;

const NOWHERE: Place = { from: -1, to: -1 };

function placesOf({ joint }: Rules, sentences: readonly Sentence[], live: readonly Hit[]): Places {
  const places: Places = new Map();
  const put = (name: string, sentence: number, place: Place): void => {
    if (!joint.has(name)) return;
    const found = places.get(name);
    if (found === undefined) places.set(name, new Map([[sentence, place]]));
    else if (!found.has(sentence)) found.set(sentence, place);
  };
  for (const hit of live) {
    const { rule, subject, sentence } = hit;
    if (rule.who !== 'any' && subject === 'other') continue;
    put(rule.key, sentence, hit);
    put(rule.kind, sentence, hit);
  }
  sentences.forEach(({ marks }, sentence) => {
    for (const mark of marks) put(mark, sentence, NOWHERE);
  });
  return places;
}

function holdsTogether(
  together: CoOccurrence,
  sentences: readonly Sentence[],
  places: Places,
): ScoredMatch | null {
  const [firstName = '', secondName = ''] = together.near ?? together.anywhere ?? [];
  const first = places.get(firstName);
  const second = first === undefined ? undefined : places.get(secondName);
  if (first === undefined || second === undefined) return null;
  const lifted = (sentence: number): boolean =>
    together.unless?.some(
      (mark) =>
        sentences[sentence]?.marks.has(mark) === true ||
        sentences[sentence + 1]?.marks.has(mark) === true,
    ) === true;
  for (const [sentence, a] of first) {
    const beside =
      together.near === undefined
        ? firstOf(second.keys())
        : [sentence, sentence + 1, sentence - 1].filter((each) => second.has(each));
    for (const other of beside) {
      const b = second.get(other);
      if (b === undefined || lifted(sentence) || lifted(other)) continue;
      const { from, to } = a.from >= 0 ? a : b;
      return { tier: together.tier, rule: together.key, from, to };
    }
  }
  return null;
}

// Takes the first key without building a list of all.
function firstOf(keys: Iterator<number, undefined>): number[] {
  const first = keys.next().value;
  return first === undefined ? [] : [first];
}

/**
 * The combinations of `rules/together.json` that hold in a text.
 * @param live the matches that are not suppressed
 */
export function coOccurrences(
  rules: Rules,
  sentences: readonly Sentence[],
  live: readonly Hit[],
): ScoredMatch[] {
  const places = placesOf(rules, sentences, live);
  return rules.together.flatMap((together) => holdsTogether(together, sentences, places) ?? []);
}
