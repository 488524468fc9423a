import { selectOptions, type SelectOption } from '../http/options.js';
import { DAY } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { difficultyOptions, languageOptions } from '../communities/tag-choices.js';
import { CHECK_DAYS, countryName, KINDS, languageName, WORLD } from './resource-options.js';
import type { ResourceRow } from './resources.queries.js';

interface ResourceView {
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

export function resourceView(row: ResourceRow, i18n: Translator): ResourceView {
  const checked = checkedOn(row);
  return {
    slug: row.slug,
    name: row.name,
    kind: i18n.t(`resources.kind.${row.kind}`),
    summary: row.summary,
    url: row.url,
    host: new URL(row.url).hostname.replace(/^www\./, ''),
    where: i18n.list(row.countries.map((code) => countryName(i18n, code))),
    languages: i18n.list(row.languages.map((code) => languageName(i18n, code))),
    needs:
      row.needs.length === 0
        ? ''
        : i18n.list(row.needs.map((need) => i18n.t(`communities.difficulty.${need}`))),
    checked:
      checked === null
        ? i18n.t('resources.unchecked')
        : i18n.t('resources.checked', { date: i18n.date(checked) }),
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
  i18n: Translator,
): Record<string, SelectOption[]> {
  const countries = facets.countries
    .filter((code) => code !== WORLD)
    .map((value) => ({
      value,
      label: countryName(i18n, value),
      selected: value === filter.country,
    }));
  return {
    countries: [
      { value: 'any', label: i18n.t('resources.any-country'), selected: filter.country === '' },
      ...countries.sort((a, b) => a.label.localeCompare(b.label, i18n.locale)),
    ],
    needs: difficultyOptions(i18n, filter.need),
    languages: languageOptions(i18n, facets.languages, filter.language),
    kinds: selectOptions(['', ...KINDS], filter.kind, (value) =>
      value === '' ? i18n.t('communities.any') : i18n.t(`resources.kind.${value}`),
    ),
  };
}
