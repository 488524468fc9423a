import { DAY } from '../kernel/clock.js';
import type { Words } from '../kernel/words.js';
import { difficultyOptions, languageOptions, type Option } from '../communities/tag-choices.js';
import { CHECK_DAYS, countryName, KINDS, languageName, WORLD } from './resource-words.js';
import type { ResourceRow } from './resources.queries.js';

export interface ResourceView {
  slug: string;
  name: string;
  kind: string;
  summary: string;
  url: string;
  host: string;
  where: string;
  languages: string;
  needs: string;
  checked: string;
  report: string;
}

export function checkedOn(row: Pick<ResourceRow, 'checkedOn'>): Date | null {
  return row.checkedOn === null ? null : new Date(`${row.checkedOn}T12:00:00Z`);
}

/** Whether somebody should open it again and see. */
export function isDue(row: Pick<ResourceRow, 'checkedOn'>, now: Date): boolean {
  const checked = checkedOn(row);
  return checked === null || now.getTime() - checked.getTime() > CHECK_DAYS * DAY;
}

export function resourceView(row: ResourceRow, words: Words): ResourceView {
  const checked = checkedOn(row);
  return {
    slug: row.slug,
    name: row.name,
    kind: words.t(`resources.kind.${row.kind}`),
    summary: row.summary,
    url: row.url,
    host: new URL(row.url).hostname.replace(/^www\./, ''),
    where: words.list(row.countries.map((code) => countryName(words, code))),
    languages: words.list(row.languages.map((code) => languageName(words, code))),
    needs:
      row.needs.length === 0
        ? ''
        : words.list(row.needs.map((need) => words.t(`communities.difficulty.${need}`))),
    checked:
      checked === null
        ? words.t('resources.unchecked')
        : words.t('resources.checked', { date: words.date(checked) }),
    report: `/resources/${row.slug}/report`,
  };
}

export interface ResourceFilter {
  country: string;
  need: string;
  language: string;
  kind: string;
}

/** The selects of the filter. @param facets what there is to choose from */
export function filterView(
  filter: ResourceFilter,
  facets: { countries: string[]; languages: string[] },
  words: Words,
): Record<string, Option[]> {
  const countries = facets.countries
    .filter((code) => code !== WORLD)
    .map((value) => ({
      value,
      label: countryName(words, value),
      selected: value === filter.country,
    }));
  return {
    countries: [
      { value: 'any', label: words.t('resources.any-country'), selected: filter.country === '' },
      ...countries.sort((a, b) => a.label.localeCompare(b.label, words.locale)),
    ],
    needs: difficultyOptions(words, filter.need),
    languages: languageOptions(words, facets.languages, filter.language),
    kinds: ['', ...KINDS].map((value) => ({
      value,
      label: value === '' ? words.t('communities.any') : words.t(`resources.kind.${value}`),
      selected: value === filter.kind,
    })),
  };
}
