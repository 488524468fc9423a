import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import type { MatchMode } from './search-query.js';
import { suggested, type SuggestedRow } from './beside.queries.js';
import { SpellingCorrection } from './spelling-correction.service.js';
import {
  communitySearch,
  strategySearch,
  type FoundCommunity,
  type FoundStrategy,
} from './other-search.queries.js';
import { labelsOf, RESULTS_PER_PAGE, sinceDate, type SearchOptions } from './search-options.js';
import type { FoundThread } from './thread-search.queries.js';
import { ThreadSearch } from './thread-search.js';

export type Found =
  | { place: 'threads'; rows: FoundThread[] }
  | { place: 'strategies'; rows: FoundStrategy[] }
  | { place: 'communities'; rows: FoundCommunity[] };

export interface SearchOutcome {
  found: Found;
  /** Whether another page follows. */
  more: boolean;
  /** The corrected query that was used; null if it was not corrected. */
  corrected: string | null;
  /** No result contains all of the words, so any of them matches. */
  loose: boolean;
}

/** Strategies and communities for a query. */
export interface Suggestions {
  /** Those that fit beside results: with all of the words, or one of them in the name. */
  close: SuggestedRow[];
  /** Those that have any of the words. */
  all: SuggestedRow[];
  /** Numbers of those that have all of the words. */
  totals: Readonly<Record<SuggestedRow['place'], number>>;
}

/** A query of which any word is all of them. */
const ONE_WORD = /^\p{L}+$/u;

/** Searches what the viewer may read. Queries are neither stored nor logged. */
@Injectable()
export class Searching {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly threads: ThreadSearch,
    private readonly corrections: SpellingCorrection,
  ) {}

  /**
   * Searches for all words; without results for the corrected words; then for any of the words.
   * @param language of the page, for strategies
   * @param mayCorrect whether a correction may be suggested; false for queries about a crisis
   */
  async search(
    viewer: MaybeViewer,
    options: SearchOptions,
    language: string,
    mayCorrect: boolean,
  ): Promise<SearchOutcome> {
    if (options.loose)
      return this.outcome(await this.find(viewer, options, language, 'any'), null, true);
    const exact = await this.find(viewer, options, language, 'all');
    if (exact.rows.length > 0 || options.page > 1) return this.outcome(exact, null, false);
    const corrected = mayCorrect ? await this.corrections.of(options.q) : null;
    const query = { ...options, q: corrected ?? options.q };
    const all = corrected === null ? exact : await this.find(viewer, query, language, 'all');
    if (all.rows.length > 0) return this.outcome(all, corrected, false);
    if (ONE_WORD.test(query.q)) return this.outcome(all, null, false);
    const any = await this.find(viewer, query, language, 'any');
    return this.outcome(any, any.rows.length > 0 ? corrected : null, any.rows.length > 0);
  }

  /** The strategies and communities that a query suggests, a few of each. */
  async suggest(viewer: MaybeViewer, query: string, language: string): Promise<Suggestions> {
    const viewerId = viewer?.memberId ?? null;
    const rows = await this.sql.rows(suggested, {
      viewerId,
      isStaff: isStaff(viewer),
      language,
      query,
    });
    const totalOf = (place: SuggestedRow['place']): number =>
      rows.find((row) => row.place === place)?.total ?? 0;
    return {
      close: rows.filter(({ close }) => close),
      all: rows,
      totals: { strategies: totalOf('strategies'), communities: totalOf('communities') },
    };
  }

  private outcome(found: Found, corrected: string | null, loose: boolean): SearchOutcome {
    const more = found.rows.length > RESULTS_PER_PAGE;
    return {
      found: { place: found.place, rows: found.rows.slice(0, RESULTS_PER_PAGE) } as Found,
      more,
      corrected,
      loose,
    };
  }

  private async find(
    viewer: MaybeViewer,
    options: SearchOptions,
    language: string,
    strictness: MatchMode,
  ): Promise<Found> {
    const { place } = options;
    const shared = {
      query: options.q,
      offset: (options.page - 1) * RESULTS_PER_PAGE,
      limit: RESULTS_PER_PAGE + 1,
    };
    if (place === 'threads') {
      const { community } = options;
      const since = sinceDate(options, this.clock.now());
      const labels = labelsOf(options);
      const query = { ...shared, strictness, community, labels, since, shared: true };
      return { place, rows: await this.threads.find(viewer, query) };
    }
    const viewerId = viewer?.memberId ?? null;
    if (place === 'strategies') {
      const query = { ...shared, viewerId, language };
      return { place, rows: await this.sql.rows(strategySearch[strictness], query) };
    }
    const query = { ...shared, viewerId, isStaff: isStaff(viewer) };
    return { place, rows: await this.sql.rows(communitySearch[strictness], query) };
  }
}
