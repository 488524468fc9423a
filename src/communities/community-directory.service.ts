import { Injectable } from '@nestjs/common';
import { escapeLike } from '../http/pagination.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import {
  directory,
  directoryFacets,
  listedLanguages,
  type DirectoryRow,
  type FacetRow,
} from './communities.queries.js';

/** A filter of the directory; an empty string matches everything. */
export interface DirectoryFilter {
  /** Substring of a name, a summary or a topic. */
  text: string;
  difficulty: string;
  situation: string;
  format: string;
  language: string;
  visibility: string;
}

/**
 * By filter and value: the number of communities that the value would list, combined with the other
 * filters.
 */
export type DirectoryFacets = Readonly<Record<FacetRow['facet'], ReadonlyMap<string, number>>>;

/** Maximum number of communities in one list. */
const MAX_LISTED = 200;

/** Lists communities, except unlisted and archived ones. */
@Injectable()
export class CommunityDirectory {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** The first `limit` matching communities, by name. */
  async list(
    viewer: MaybeViewer,
    filter: DirectoryFilter,
    limit = MAX_LISTED,
  ): Promise<DirectoryRow[]> {
    const now = this.clock.now();
    return this.sql.rows(directory, {
      viewerId: viewer?.memberId ?? null,
      textToFind: escapeLike(filter.text),
      since: later(now, -DAY),
      sinceWeek: later(now, -7 * DAY),
      sinceMonth: later(now, -30 * DAY),
      difficulty: filter.difficulty,
      situation: filter.situation,
      format: filter.format,
      language: filter.language,
      visibility: filter.visibility,
      limit,
    });
  }

  /**
   * The number of communities that each filter value would list, so that no choice leads to an
   * empty list.
   */
  async facets({ text, ...filter }: DirectoryFilter): Promise<DirectoryFacets> {
    const rows = await this.sql.rows(directoryFacets, { ...filter, textToFind: escapeLike(text) });
    const of = (wanted: FacetRow['facet']): ReadonlyMap<string, number> =>
      new Map(
        rows
          .filter(({ facet }) => facet === wanted)
          .map(({ value, communities }) => [value, communities]),
      );
    return {
      difficulty: of('difficulty'),
      situation: of('situation'),
      format: of('format'),
      language: of('language'),
      visibility: of('visibility'),
    };
  }

  /** The ISO 639-1 codes of the languages of listed communities. */
  async languages(): Promise<string[]> {
    return (await this.sql.rows(listedLanguages)).map(({ language }) => language);
  }
}
