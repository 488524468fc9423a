import type { Words } from '../kernel/words.js';
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

export function strategyCard(row: StrategyCardRow, words: Words): StrategyCard {
  return {
    slug: row.slug,
    href: `/strategies/${row.slug}`,
    name: row.name,
    summary: row.summary,
    minutes: words.t('strategies.minutes', { count: row.minutes }),
    energy: words.t(`strategies.energy.${row.energy}.short`),
    origin: words.t(`strategies.origin.${row.origin}.short`),
    kinds: row.kinds.map((kind) => words.t(`strategies.kind.${kind}`)),
  };
}
