import type { Words } from '../kernel/words.js';
import type { StrategyCardRow, StrategyRow } from './strategies.queries.js';
import { PLACES, TIMES } from './vocabulary.js';

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

/** All of a list is said in one word: "anywhere", "any time". */
function places(chosen: string[], all: readonly string[], name: string, words: Words): string {
  if (all.every((each) => chosen.includes(each))) return words.t(`strategies.${name}.any`);
  return words.list(chosen.map((each) => words.t(`strategies.${name}.${each}`)));
}

export interface StrategyView extends StrategyCard {
  steps: string[];
  fits: string;
  fitsNot: string;
  needs: { label: string; href: string }[];
  where: string;
  when: string;
  source: { name: string; href: string } | null;
  reviewed: string | null;
  version: string;
  credit: string | null;
  licence: string;
}

export function strategyView(row: StrategyRow, words: Words): StrategyView {
  return {
    ...strategyCard(row, words),
    origin: words.t(`strategies.origin.${row.origin}.label`),
    steps: row.steps,
    fits: row.fits,
    fitsNot: row.fitsNot,
    needs: row.needs.map((need) => ({ label: words.t(`strategies.need.${need}`), href: `/strategies?need=${need}` })),
    where: places(row.places, PLACES, 'place', words),
    when: places(row.times, TIMES, 'time', words),
    source: row.sourceName === '' ? null : { name: row.sourceName, href: row.sourceUrl },
    reviewed: row.reviewedOn === null ? null : words.date(new Date(`${row.reviewedOn}T12:00:00Z`)),
    version: words.t('strategies.version', { number: row.version }),
    credit: row.credit === '' ? null : words.t('strategies.credit', { name: row.credit }),
    licence: row.licence,
  };
}
