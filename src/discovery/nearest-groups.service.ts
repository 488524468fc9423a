import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import { candidates } from './finder.queries.js';
import { nearestTags, type Tags } from './nearest-tags.js';
import { rank, type Match } from './ranking.js';

/** A longer list would leave the reader choosing again. */
const MOST_NEAREST = 3;

export interface NearestQuery extends Tags {
  language: string;
  /** As chosen; empty for communities that everybody may read. */
  visibility: string;
}

/** Suggests communities for queries without a match. */
@Injectable()
export class NearestGroups {
  constructor(private readonly sql: Sql) {}

  /**
   * Communities with the nearest tags; otherwise the largest public ones, those in the language of
   * the query first. Empty only if no community is public.
   */
  async to(query: NearestQuery): Promise<Match[]> {
    const tags = nearestTags(query);
    if (tags.difficulties.length + tags.situations.length > 0) {
      const matches = await this.ranked(tags, query.language, query.visibility || 'public');
      if (matches.length > 0) return matches;
    }
    const open = await this.ranked(NO_TAGS, query.language, 'public');
    return open.length > 0 ? open : this.ranked(NO_TAGS, '', 'public');
  }

  private async ranked(tags: Tags, language: string, visibility: string): Promise<Match[]> {
    const rows = await this.sql.rows(candidates, { ...tags, words: '', language, visibility });
    const matches = rank(rows, { ...tags, need: null, words: [], hasText: false });
    return matches
      .slice(0, MOST_NEAREST)
      .map((match) => (tags === NO_TAGS ? { ...match, reasons: [OPEN] } : match));
  }
}

const NO_TAGS: Tags = { difficulties: [], situations: [] };
const OPEN = { kind: 'open', what: '' } as const;
