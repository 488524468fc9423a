import type { Translator } from '../../i18n/translator.js';
import type { StrategyCardRow } from './strategies.queries.js';

export interface StrategyCard {
  slug: string;
  href: string;
  name: string;
  summary: string;
  minutes: string;
  energy: string;
  origin: string;
  kinds: string[];
}

export function strategyCard(row: StrategyCardRow, i18n: Translator): StrategyCard {
  return {
    slug: row.slug,
    href: `/strategies/${row.slug}`,
    name: row.name,
    summary: row.summary,
    minutes: i18n.t('strategies.minutes', { count: row.minutes }),
    energy: i18n.t(`strategies.energy.${row.energy}.short`),
    origin: i18n.t(`strategies.origin.${row.origin}.short`),
    kinds: row.kinds.map((kind) => i18n.t(`strategies.kind.${kind}`)),
  };
}
