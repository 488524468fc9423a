import { helpFirstView, type HelpFirstView } from '../http/help-first.js';
import type { HelpTopic } from '../triage/help-topics.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { MaybeViewer } from '../http/viewer.js';
import { hiddenFields, type HiddenField } from '../http/form-values.js';
import type { Translator } from '../i18n/translator.js';
import type { SavedSearchLink } from './saved-searches.service.js';
import {
  searchPath,
  fieldsOf,
  isLastPage,
  KINDS,
  NEEDS,
  PLACES,
  RESULTS_PER_PAGE,
  SINCE,
  type Place,
  type SearchFields,
  type SearchOptions,
} from './search-options.js';
import { resultsOf, suggestedRow, type ResultView } from './search-results.view.js';
import type { SearchableCommunity } from './search.queries.js';
import type { SuggestedRow } from './beside.queries.js';
import type { SearchOutcome, Suggestions } from './searching.service.js';

function options(
  i18n: Translator,
  name: string,
  values: readonly string[],
  chosen: string,
  label: (value: string) => string,
): SelectOption[] {
  return [
    { value: '', label: i18n.t(`search.filter.${name}.any`), selected: chosen === '' },
    ...selectOptions(values, chosen, label),
  ];
}

export interface SearchFormView {
  q: string;
  place: string;
  places: SelectOption[] | null;
  topic: string;
  kinds: SelectOption[];
  needs: SelectOption[];
  since: SelectOption[];
  open: boolean;
}

/** A place to search, with the number of results there if it is known. */
export interface SearchTab {
  href: string;
  label: string;
  current: boolean;
}

export function searchForm(
  query: SearchOptions,
  places: readonly SearchableCommunity[],
  i18n: Translator,
): SearchFormView {
  const names = new Map(places.map(({ slug, name }) => [slug, name]));
  return {
    q: query.q,
    place: query.place === 'threads' ? '' : query.place,
    places:
      places.length === 0
        ? null
        : options(
            i18n,
            'community',
            [...names.keys()],
            query.community,
            (slug) => names.get(slug) ?? slug,
          ),
    topic: query.topic,
    kinds: options(i18n, 'kind', KINDS, query.kind, (value) =>
      i18n.t(`threads.kind.${value}.short`),
    ),
    needs: options(i18n, 'need', NEEDS, query.need, (value) =>
      i18n.t(`threads.wish.${value}.shown`),
    ),
    since: options(i18n, 'since', SINCE, query.since, (value) =>
      i18n.t(`search.filter.since.${value}`),
    ),
    open: hasFilters(query),
  };
}

export interface SearchFacts {
  readonly viewer: MaybeViewer;
  readonly query: SearchOptions;
  /** The communities to choose from; empty for a guest. */
  readonly communities: readonly SearchableCommunity[];
  /** The topic of the help shown above the results; null if the query suggests none. */
  readonly help: HelpTopic | null;
  /** Null without a query. */
  readonly outcome: SearchOutcome | null;
  /** Strategies and communities to show beside the results, or instead of them. */
  readonly suggested: readonly SuggestedRow[];
  /** Numbers of strategies and communities with all of the words. */
  readonly totals: Suggestions['totals'];
  /** Saved searches, for the page without results. */
  readonly saved: readonly SavedSearchLink[];
}

export interface SearchView {
  form: SearchFormView;
  help: HelpFirstView | null;
  /** Whether there was a query. */
  searched: boolean;
  results: ResultView[];
  /** URL of the finder, with the same words. */
  find: string;
  /** URL of the same search without filters; null if it has none. */
  unfiltered: string | null;
  /** URL of the chosen community, where a member can write about it; else of all of them. */
  write: string;
  tabs: SearchTab[];
  /** Beside the results, or instead of them. */
  suggested: { place: string; title: string; results: ResultView[] }[];
  /** How the query was changed to get results. */
  changes: string[];
  /** URL of the next page; null on the last. */
  next: string | null;
  /** Whether this is a page after the first. */
  more: boolean;
  /** Fields of the form for saving the search; null if it cannot be saved. */
  saving: { fields: { name: string; value: string }[] } | null;
  saved: readonly SavedSearchLink[];
  member: boolean;
}

export function searchView(facts: SearchFacts, i18n: Translator): SearchView {
  const { viewer, query, outcome } = facts;
  return {
    form: searchForm(query, facts.communities, i18n),
    help: helpFirstView(facts.help, i18n),
    searched: outcome !== null,
    results: outcome === null ? [] : resultsOf(outcome, i18n),
    unfiltered: hasFilters(query) ? searchPath({ q: query.q }) : null,
    write: query.community === '' ? '/communities' : `/c/${query.community}`,
    find: `/find?${new URLSearchParams({ q: query.q }).toString()}`,
    tabs: PLACES.map((place) => tabOf(place, facts, i18n)),
    suggested: (['strategies', 'communities'] as const).flatMap((place) => {
      const rows = facts.suggested.filter((row) => row.place === place);
      const title = i18n.t(`search.none.${place}`);
      return rows.length === 0
        ? []
        : [{ place, title, results: rows.map((row) => suggestedRow(row, i18n)) }];
    }),
    changes: outcome === null ? [] : changesOf(query, outcome, i18n),
    next: outcome === null ? null : nextPage(query, outcome),
    more: query.page > 1,
    saving: viewer === null || outcome === null ? null : { fields: searchFields(query) },
    saved: facts.saved,
    member: viewer !== null,
  };
}

function hasFilters({ community, topic, kind, need, since }: SearchOptions): boolean {
  return [community, topic, kind, need, since].some((value) => value !== '');
}

function tabOf(place: Place, { query, outcome, totals }: SearchFacts, i18n: Translator): SearchTab {
  const { q } = fieldsOf(query);
  const current = place === query.place;
  const name = i18n.t(`search.in.${place}`);
  const shown = outcome?.found.rows.length ?? 0;
  const isMore = current && (query.page > 1 || outcome?.more === true);
  const count = current ? shown : place === 'threads' ? 0 : totals[place];
  return {
    href: searchPath({
      ...(q === undefined ? {} : { q }),
      ...(place === 'threads' ? {} : { in: place }),
    }),
    label: isMore
      ? i18n.t('search.in.more', { place: name, count: RESULTS_PER_PAGE })
      : count > 0
        ? i18n.t('search.in.counted', { place: name, count })
        : name,
    current,
  };
}

/** Whether search engines may index the page: only the empty form. */
export function isPlainForm({ query, outcome }: SearchFacts): boolean {
  return outcome === null && Object.keys(fieldsOf(query)).length === 0;
}

/** The fields of a search as hidden fields of a form. */
export function searchFields(query: SearchOptions): HiddenField[] {
  return hiddenFields({ ...fieldsOf(query) });
}

// The next page uses the corrected query too, so that it continues this one.
function nextPage(query: SearchOptions, { more, corrected, loose }: SearchOutcome): string | null {
  if (!more || isLastPage(query.page)) return null;
  const fields: SearchFields = {
    ...fieldsOf(query),
    q: corrected ?? query.q,
    page: String(query.page + 1),
  };
  return searchPath(loose ? { ...fields, loose: '1' } : fields);
}

function changesOf(
  query: SearchOptions,
  { corrected, loose }: SearchOutcome,
  i18n: Translator,
): string[] {
  return [
    ...(query.cut ? [i18n.t('search.said.cut')] : []),
    ...(corrected === null
      ? []
      : [i18n.t('search.said.corrected', { asked: query.q, words: corrected })]),
    ...(loose ? [i18n.t('search.said.loose')] : []),
  ];
}
