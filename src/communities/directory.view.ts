import type { SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { DirectoryRow, RequestRow } from './communities.queries.js';
import { communityCard, type CommunityCard } from './communities.view.js';
import type { AccessibleCommunity } from './community-access.js';
import type { DirectoryFacets, DirectoryFilter } from './community-directory.service.js';
import {
  countedOptions,
  difficultyOptions,
  formatOptions,
  languageOptions,
  openOptions,
  situationOptions,
} from './tag-choices.js';

interface DirectoryView {
  q: string;
  difficulties: SelectOption[];
  situations: SelectOption[];
  formats: SelectOption[];
  /** Null if there is only one language. */
  languages: SelectOption[] | null;
  opens: SelectOption[];
  filtered: boolean;
  communities: CommunityCard[];
}

interface RequestsView {
  slug: string;
  name: string;
  requests: { handle: string; note: string; when: string }[];
}

export function directoryView(
  rows: readonly DirectoryRow[],
  filter: DirectoryFilter,
  languages: readonly string[],
  facets: DirectoryFacets,
  i18n: Translator,
): DirectoryView {
  const counted = (facet: keyof DirectoryFacets, all: readonly SelectOption[]): SelectOption[] =>
    countedOptions(i18n, all, facets[facet]);
  const { text, ...choices } = filter;
  return {
    q: filter.text,
    difficulties: counted('difficulty', difficultyOptions(i18n, filter.difficulty)),
    situations: counted('situation', situationOptions(i18n, filter.situation)),
    formats: counted('format', formatOptions(i18n, filter.format)),
    languages:
      languages.length > 1
        ? counted('language', languageOptions(i18n, languages, filter.language))
        : null,
    opens: counted('visibility', openOptions(i18n, filter.visibility)),
    filtered: text !== '' || Object.values(choices).some((choice) => choice !== ''),
    communities: rows.map((row) => communityCard(row, i18n)),
  };
}

export function requestsView(
  community: AccessibleCommunity,
  rows: readonly RequestRow[],
  i18n: Translator,
): RequestsView {
  return {
    slug: community.slug,
    name: community.name,
    requests: rows.map((row) => ({
      handle: row.handle,
      note: row.note,
      when: i18n.when(row.askedAt),
    })),
  };
}
