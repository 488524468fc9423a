import { formView, type FormView } from '../../http/form-page.js';
import type { InvalidForm } from '../../http/form.js';
import { tickOptions, type TickOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import type { StrategyRow } from '../core/strategy-page.queries.js';
import { strategyView, type StrategyView } from '../library/strategy-page.view.js';
import type { ProposedRow } from './review.queries.js';

interface ReviewListView {
  tabs: { strategies: true };
  strategies: { name: string; href: string; when: string }[];
}

interface ReviewView {
  strategy: StrategyView;
  form: FormView;
  action: string;
  version: string | string[] | number;
  actions: TickOption[];
}

export function reviewListView(rows: readonly ProposedRow[], i18n: Translator): ReviewListView {
  return {
    tabs: { strategies: true },
    strategies: rows.map((row) => ({
      name: row.name,
      href: `/mod/strategies/${row.slug}`,
      when: i18n.t('strategies.mod.waits', { when: i18n.when(row.updatedAt) }),
    })),
  };
}

export function reviewView(row: StrategyRow, i18n: Translator, faulty?: InvalidForm): ReviewView {
  const form = formView(i18n, faulty);
  return {
    strategy: strategyView(row, i18n),
    form,
    action: `/mod/strategies/${row.slug}`,
    version: form.values.version ?? row.version,
    actions: tickOptions(
      ['publish', 'return', 'decline'],
      form.values.action ?? 'publish',
      (value) => i18n.t(`strategies.mod.${value}.label`),
      (value) => i18n.t(`strategies.mod.${value}.hint`),
    ),
  };
}
