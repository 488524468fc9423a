import { understand } from './query-understanding.js';
import type { Tags } from './nearest-tags.js';

/** Maximum number of entries beside communities. */
const MOST_ELSEWHERE = 3;

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly needs: readonly string[];
}

/**
 * The entries of "Help elsewhere" that fit best, in their order otherwise. One that its own words
 * describe as for a walk of life (parents, veterans) fits only those who named it. Pure.
 * @param tags those of the query, and those near them
 */
export function fittingElsewhere<T extends Entry>(
  entries: readonly T[],
  { difficulties, situations }: Readonly<Tags>,
): T[] {
  return entries
    .map((entry) => {
      const lives = understand(`${entry.name} ${entry.summary}`).situations;
      const shared = lives.filter((tag) => situations.includes(tag)).length;
      const place = entry.needs.findIndex((need) => difficulties.includes(need));
      const isForOthers = lives.length > 0 && shared === 0;
      const isForOtherNeeds = entry.needs.length > 0 && place < 0 && shared === 0;
      return {
        entry,
        score: isForOthers || isForOtherNeeds ? 0 : 1 + shared + (place < 0 ? 0 : 1),
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_ELSEWHERE)
    .map(({ entry }) => entry);
}
