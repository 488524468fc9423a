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
  SINCE,
  type SearchFields,
  type SearchOptions,
} from './search-options.js';
import { foundRows, resultsOf, type ResultView } from './search-results.view.js';
import type { SearchableCommunity } from './search.queries.js';
import type { Searching, SearchOutcome } from './searching.service.js';

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
  tabs: { href: string; label: string; current: boolean }[];
}

export function searchForm(
  query: SearchOptions,
  places: readonly SearchableCommunity[],
  i18n: Translator,
): SearchFormView {
  const fields = fieldsOf(query);
  const tab = (place: string): string =>
    searchPath({
      ...(fields.q === undefined ? {} : { q: fields.q }),
      ...(place === 'threads' ? {} : { in: place }),
    });
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
    open: [query.community, query.topic, query.kind, query.need, query.since].some(
      (value) => value !== '',
    ),
    tabs: PLACES.map((place) => ({
      href: tab(place),
      label: i18n.t(`search.in.${place}`),
      current: place === query.place,
    })),
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
  /** Strategies and communities with some of the words, if nothing was found. */
  readonly suggested: Awaited<ReturnType<Searching['suggest']>>;
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
  /** Instead of results. */
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
    find: `/find?${new URLSearchParams({ q: query.q }).toString()}`,
    suggested: facts.suggested.map((found) => ({
      place: found.place,
      title: i18n.t(`search.none.${found.place}`),
      results: foundRows(found, i18n),
    })),
    changes: outcome === null ? [] : changesOf(query, outcome, i18n),
    next: outcome === null ? null : nextPage(query, outcome),
    more: query.page > 1,
    saving: viewer === null || outcome === null ? null : { fields: searchFields(query) },
    saved: facts.saved,
    member: viewer !== null,
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
