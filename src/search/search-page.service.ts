import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { helpFirst } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { SavedSearches } from './saved-searches.service.js';
import type { SearchOptions } from './search-options.js';
import { searchableCommunities, type SearchableCommunity } from './search.queries.js';
import type { SearchFacts } from './search.view.js';
import { Searching, type SearchOutcome, type Suggestions } from './searching.service.js';

const NO_SUGGESTIONS: Suggestions = {
  close: [],
  all: [],
  totals: { strategies: 0, communities: 0 },
};

/** Loads the data of the search page. The query is neither stored nor logged. */
@Injectable()
export class SearchPage {
  constructor(
    private readonly sql: Sql,
    private readonly searching: Searching,
    private readonly saved: SavedSearches,
    private readonly screening: Screening,
  ) {}

  /** @param language of the page, for strategies */
  async read(viewer: MaybeViewer, query: SearchOptions, language: string): Promise<SearchFacts> {
    const communities = await this.communities(viewer, query.community);
    const help = helpFirst(query.q, this.screening);
    const mayCorrect = help?.danger !== true;
    const [outcome, suggestions] =
      query.q === ''
        ? [null, NO_SUGGESTIONS]
        : await this.both(viewer, query, language, mayCorrect);
    const isEmpty = outcome !== null && outcome.found.rows.length === 0 && query.page === 1;
    // Whoever may be in danger needs people first.
    const shown = mayCorrect ? suggestions[isEmpty ? 'all' : 'close'] : [];
    const suggested = shown.filter(({ place }) => isEmpty || place !== query.place);
    const saved = viewer === null || outcome !== null ? [] : await this.saved.of(viewer.memberId);
    const { totals } = suggestions;
    return { viewer, query, communities, help, outcome, suggested, totals, saved };
  }

  private async both(
    viewer: MaybeViewer,
    query: SearchOptions,
    language: string,
    mayCorrect: boolean,
  ): Promise<[SearchOutcome, Suggestions]> {
    const [outcome, suggestions] = await Promise.all([
      this.searching.search(viewer, query, language, mayCorrect),
      this.searching.suggest(viewer, query.q, language),
    ]);
    return outcome.corrected === null
      ? [outcome, suggestions]
      : [outcome, await this.searching.suggest(viewer, outcome.corrected, language)];
  }

  private async communities(viewer: MaybeViewer, slug: string): Promise<SearchableCommunity[]> {
    if (viewer === null && slug === '') return [];
    return this.sql.rows(searchableCommunities, {
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      slug,
    });
  }
}
