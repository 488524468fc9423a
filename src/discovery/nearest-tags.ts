import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIFFICULTIES } from '../communities/community-tags.js';

interface NearestFile {
  difficulties: Record<string, string[]>;
  situations: Record<string, string[]>;
}

const file = JSON.parse(
  readFileSync(fileURLToPath(new URL('./nearest-tags.json', import.meta.url)), 'utf8'),
) as NearestFile;
const known: ReadonlySet<string> = new Set(DIFFICULTIES);

export interface Tags {
  difficulties: string[];
  situations: string[];
}

/**
 * The tags nearest to those requested and, after them, the requested ones, for queries that no group
 * matches. Pure.
 */
export function nearestTags({ difficulties, situations }: Readonly<Tags>): Tags {
  const tags = new Set([
    ...difficulties.flatMap((tag) => file.difficulties[tag] ?? []),
    ...situations.flatMap((tag) => file.situations[tag] ?? []),
    ...difficulties,
    ...situations,
  ]);
  return {
    difficulties: [...tags].filter((tag) => known.has(tag)),
    situations: [...tags].filter((tag) => !known.has(tag)),
  };
}
