import type { SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { DirectoryRow, RequestRow } from './communities.queries.js';
import { communityCard, type CommunityCard } from './communities.view.js';
import type { AccessibleCommunity } from './community-access.js';
import type { DirectoryFilter } from './community-directory.service.js';
import {
  difficultyOptions,
  languageOptions,
  openOptions,
  situationOptions,
} from './tag-choices.js';

interface DirectoryView {
  q: string;
  difficulties: SelectOption[];
  situations: SelectOption[];
  /** Null where there is only one language. */
  languages: SelectOption[] | null;
  opens: SelectOption[];
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
  i18n: Translator,
): DirectoryView {
  return {
    q: filter.text,
    difficulties: difficultyOptions(i18n, filter.difficulty),
    situations: situationOptions(i18n, filter.situation),
    languages: languages.length > 1 ? languageOptions(i18n, languages, filter.language) : null,
    opens: openOptions(i18n, filter.visibility),
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
