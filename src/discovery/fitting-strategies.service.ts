import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { partitionLifeTags } from '../coping-strategies/core/vocabulary.js';
import { Sql } from '../kernel/sql.js';
import { fittingStrategies, type FittingStrategy } from './finder.queries.js';
import type { Tags } from './nearest-tags.js';

const TAGS = JSON.parse(
  readFileSync(fileURLToPath(new URL('./strategy-tags.json', import.meta.url)), 'utf8'),
) as Record<string, string[]>;

/** The tags of strategies for the tags of communities. Pure. */
export function strategyTags({ difficulties, situations }: Readonly<Tags>): string[] {
  // A difficulty says more about what helps than a walk of life.
  const asked = difficulties.length > 0 ? difficulties : situations;
  return [...new Set(asked.flatMap((tag) => TAGS[tag] ?? []))];
}

/** Suggests strategies for the difficulties that somebody names. */
@Injectable()
export class FittingStrategies {
  constructor(private readonly sql: Sql) {}

  /**
   * Those that share the most tags, shortest first; none without a tag. None for another walk of
   * life, and none that the member hid.
   * @param memberId null for guests
   */
  async for(tags: Tags, memberId: string | null, locale: string): Promise<FittingStrategy[]> {
    const wanted = strategyTags(tags);
    if (wanted.length === 0) return [];
    const { lives, others } = partitionLifeTags(wanted);
    return this.sql.rows(fittingStrategies, { tags: wanted, lives, others, memberId, locale });
  }
}
