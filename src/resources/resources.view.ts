import { numberedPages, type NumberedPages } from '../http/numbered-pages.js';
import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import { selectOptions, tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import { DAY } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { difficultyOptions, languageOptions } from '../communities/tag-choices.js';
import {
  CHECK_DAYS,
  countryName,
  KINDS,
  languageName,
  PROBLEMS,
  WORLDWIDE,
} from './resource-options.js';
import type { ResourceFacets, ResourceFilter, ResourceRow } from './resources.queries.js';

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

function checkedOn(row: Pick<ResourceRow, 'checkedOn'>): Date | null {
  return row.checkedOn === null ? null : new Date(`${row.checkedOn}T12:00:00Z`);
}

/** Whether an administrator should check the entry again. */
export function isDue(row: Pick<ResourceRow, 'checkedOn'>, now: Date): boolean {
  const checked = checkedOn(row);
  return checked === null || now.getTime() - checked.getTime() > CHECK_DAYS * DAY;
}

// "Everywhere and United States" names one country twice.
function placesOf({ countries }: ResourceRow): readonly string[] {
  return countries.includes(WORLDWIDE) ? [WORLDWIDE] : countries;
}

export function resourceView(row: ResourceRow, i18n: Translator): ResourceView {
  return {
    slug: row.slug,
    name: row.name,
    kind: i18n.t(`resources.kind.${row.kind}`),
    summary: row.summary,
    url: row.url,
    host: new URL(row.url).hostname.replace(/^www\./, ''),
    where: i18n.list(placesOf(row).map((code) => countryName(i18n, code))),
    languages: i18n.list(row.languages.map((code) => languageName(i18n, code))),
    needs:
      row.needs.length === 0
        ? ''
        : i18n.list(row.needs.map((need) => i18n.t(`communities.difficulty.${need}`))),
    checked:
      row.checkedOn === null
        ? ''
        : i18n.t('resources.checked', { date: i18n.calendarDay(row.checkedOn) }),
    report: `/resources/${row.slug}/report`,
  };
}

interface FilterView {
  countries: SelectOption[];
  needs: SelectOption[];
  languages: SelectOption[];
  kinds: SelectOption[];
}

interface ResourceListView {
  filter: FilterView;
  resources: ResourceView[];
  /** Null if all entries fit on one page. */
  pages: (NumberedPages & { summary: string }) | null;
  /** Some entry was never checked; a single note says so for all of them. */
  someUnchecked: boolean;
  /** The viewer may edit the entries. */
  editor: boolean;
}

interface ReportView {
  resource: ResourceView;
  form: FormView;
  problems: TickOption[];
}

/** Entries on each page. */
const PAGE_SIZE = 15;

/** @param page 1-based; beyond the last one, shows the last */
export function resourceListView(
  rows: readonly ResourceRow[],
  { filter, page: wanted, editor }: { filter: ResourceFilter; page: number; editor: boolean },
  facets: ResourceFacets,
  i18n: Translator,
): ResourceListView {
  const last = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
  const page = Math.min(wanted, last);
  const first = (page - 1) * PAGE_SIZE;
  const pages = numberedPages(page, last, (number) => listAddress(filter, number));
  return {
    filter: filterView(filter, facets, i18n),
    pages:
      pages === null
        ? null
        : {
            ...pages,
            summary: i18n.t('resources.pages', {
              from: first + 1,
              to: Math.min(first + PAGE_SIZE, rows.length),
              count: rows.length,
            }),
          },
    resources: rows.slice(first, first + PAGE_SIZE).map((row) => resourceView(row, i18n)),
    someUnchecked: rows.some((row) => row.checkedOn === null),
    editor,
  };
}

// Always contains the country: a URL without one means the reader's own.
function listAddress({ country, need, language, kind }: ResourceFilter, page: number): string {
  const query = { country: country === '' ? 'any' : country, need, language, kind };
  const set = Object.entries({ ...query, page: page > 1 ? String(page) : '' });
  return `/resources?${new URLSearchParams(set.filter(([, value]) => value !== '')).toString()}`;
}

export function reportView(row: ResourceRow, i18n: Translator, faulty?: InvalidForm): ReportView {
  const form = formView(i18n, faulty);
  return {
    resource: resourceView(row, i18n),
    form,
    problems: tickOptions(PROBLEMS, form.values.problem, (value) =>
      i18n.t(`resources.problem.${value}`),
    ),
  };
}

function filterView(filter: ResourceFilter, facets: ResourceFacets, i18n: Translator): FilterView {
  const countries = facets.countries
    .filter((code) => code !== WORLDWIDE)
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
