import { formView } from '../../http/form-page.js';
import type { InvalidForm } from '../../http/form.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { displayNames } from '../../kernel/intl.js';
import {
  strategyFormView,
  valuesOfStrategy,
  type StrategyFormView,
} from '../authoring/strategy-form.view.js';
import { ORIGINS } from '../core/vocabulary.js';
import type { AdminStrategyRow } from './admin-strategies.queries.js';
import type { PackFault } from './pack-format.js';
import { LISTED_STATES, type AdminListPage, type AdminListQuery } from './strategy-care.service.js';
import type { ImportCounts } from './strategy-packs.service.js';

interface AdminListView {
  q: string;
  statuses: SelectOption[];
  strategies: { name: string; lang: string; href: string; meta: string; byMember: boolean }[];
  next: string | null;
}

interface AdminEditView extends StrategyFormView {
  slug: string;
  name: string;
  stableId: string;
  state: string;
  byMember: boolean;
  steps: string[];
  version: string | string[] | number;
  origins: TickOption[];
  published: boolean;
  publishable: boolean;
}

interface ImportView {
  /** The submitted pack, for correction. */
  pack: string;
  done?: string;
  faults?: { at: string; says: string }[];
}

export function adminListView(
  { strategies, nextBefore }: AdminListPage,
  { search, status }: AdminListQuery,
  i18n: Translator,
): AdminListView {
  const nextQuery = new URLSearchParams({
    ...(status === null ? {} : { status }),
    ...(search === '' ? {} : { q: search }),
    before: nextBefore ?? '',
  });
  return {
    q: search,
    statuses: selectOptions(['', ...LISTED_STATES], status ?? '', (state) =>
      i18n.t(`strategies.admin.state.${state === '' ? 'all' : state}`),
    ),
    strategies: strategies.map((row) => ({
      name: row.name,
      lang: row.language,
      href:
        row.status === 'proposed' ? `/mod/strategies/${row.slug}` : `/admin/strategies/${row.slug}`,
      meta: i18n.t('strategies.admin.row', {
        state: i18n.t(`strategies.admin.state.${row.status}`),
        number: row.version,
        language: displayNames(i18n.locale, 'language').of(row.language) ?? row.language,
        when: i18n.when(row.updatedAt),
      }),
      byMember: row.byMember,
    })),
    next: nextBefore === null ? null : `/admin/strategies?${nextQuery.toString()}`,
  };
}

export function adminEditView(
  row: AdminStrategyRow,
  i18n: Translator,
  faulty?: InvalidForm,
): AdminEditView {
  const form = formView(i18n, faulty, {
    ...valuesOfStrategy(row, row.version),
    origin: row.origin,
    sourceName: row.sourceName,
    sourceUrl: row.sourceUrl,
    reviewedOn: row.reviewedOn ?? '',
  });
  return {
    ...strategyFormView(form, i18n),
    slug: row.slug,
    name: row.name,
    stableId: row.stableId,
    state: i18n.t(`strategies.admin.state.${row.status}`),
    byMember: row.byMember,
    steps: row.steps,
    version: form.values.version ?? row.version,
    origins: tickOptions(ORIGINS, form.values.origin, (value) =>
      i18n.t(`strategies.origin.${value}.label`),
    ),
    published: row.status === 'published',
    publishable: row.status !== 'published' && (!row.byMember || row.withdrawnBy === 'staff'),
  };
}

const MAX_FAULTS = 200;

/** @param counts null before an import */
export function importView(counts: ImportCounts | null, i18n: Translator): ImportView {
  if (counts === null) return { pack: '' };
  return { pack: '', done: i18n.t('strategies.admin.imported', { ...counts }) };
}

export function faultyImportView(
  pack: string,
  faults: readonly PackFault[],
  i18n: Translator,
): ImportView {
  return {
    pack,
    faults: faults
      .slice(0, MAX_FAULTS)
      .map(({ at, key, params }) => ({ at, says: i18n.t(key, params) })),
  };
}
