import { bars } from '../../rendering/charts.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { isConcern } from '../../review/review-targets.js';
import { reasonWords } from '../core/case-labels.js';
import { ruleWords } from '../core/rule-labels.js';
import { figureTable, type FigureTable } from './figure-table.view.js';
import { falseHoldsSection, holdTimesSection } from './hold-sections.view.js';
import type { FigureRow } from './stats.queries.js';
import type { YearFigures } from './stats.service.js';
import {
  isHidden,
  readsSection,
  repliesSection,
  MIN_COUNT_SHOWN,
  sum,
  weeksSection,
  type Section,
} from './stats-sections.view.js';

export interface StatsQuery {
  /** Whether small counts are shown: yes for moderators, no for the public. */
  exact: boolean;
  /** Whether to include the sections for moderators: waits by week, and false holds. */
  detailed: boolean;
}

export interface StatsPageView {
  tabs: { stats: true };
  sections: FigureTable[];
}

/** The page for moderators: exact counts, with the moderators' sections. */
export function statsPageView(rows: readonly FigureRow[], i18n: Translator): StatsPageView {
  const { sections } = statsView(rows, { exact: true, detailed: true }, i18n);
  return { tabs: { stats: true }, sections: sections.map(figureTable) };
}

export interface TransparencyView {
  from: string;
  to: string;
  sections: FigureTable[];
}

/** The public page: small counts are suppressed, as they could identify somebody. */
export function transparencyView(
  { from, to, rows }: YearFigures,
  i18n: Translator,
): TransparencyView {
  const { sections } = statsView(rows, { exact: false, detailed: false }, i18n);
  return { from: i18n.date(from), to: i18n.date(to), sections: sections.map(figureTable) };
}

export function statsView(
  rows: readonly FigureRow[],
  query: StatsQuery,
  i18n: Translator,
): { sections: Section[] } {
  const of = (kind: string): FigureRow[] => rows.filter((row) => row.kind === kind);
  const count = (n: number): string =>
    isHidden(n, query.exact) ? `<${MIN_COUNT_SHOWN}` : i18n.number(n);
  const t = (key: string, params?: Record<string, string | number>): string =>
    i18n.t(`moderation.stats.${key}`, params);
  const base = (id: string): Pick<Section, 'id' | 'title' | 'none'> => ({
    id,
    title: t(`${id}.title`),
    none: t('none'),
  });
  const counted = (id: string, names: readonly { name: string; label: string }[]): Section => {
    const found = of(id);
    const shown = names
      .map(({ name, label }) => ({
        label: capital(label),
        n: found.find((row) => row.name === name)?.n ?? 0,
      }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n);
    // A bar would reveal the value of a suppressed count ("<10"), so such rows appear only in the
    // table.
    const drawn = shown.filter(({ n }) => !isHidden(n, query.exact));
    return {
      ...base(id),
      text: null,
      svg:
        drawn.length < 2
          ? null
          : bars({
              id: `chart-${id}`,
              title: t(`${id}.title`),
              description: drawn.map(({ label, n }) => `${label}: ${count(n)}`).join('; '),
              labels: drawn.map(({ label }) => label),
              series: [{ name: id, values: drawn.map(({ n }) => n) }],
              formatValue: (value) => count(value),
            }),
      heads: [t(`${id}.head`), t('count')],
      rows: shown.map(({ label, n }) => ({ name: label, cells: [count(n)] })),
    };
  };
  const named = (id: string, label: (name: string) => string): { name: string; label: string }[] =>
    [...new Set(of(id).map(({ name }) => name))].map((name) => ({ name, label: label(name) }));
  const reads = readsSection(
    of('reads'),
    of('unread'),
    { ...base('reads'), count, exact: query.exact },
    i18n,
  );
  return {
    sections: [
      reads,
      ...(query.detailed ? [weeksSection(of('weeks'), base('weeks'), i18n)] : []),
      repliesSection(of('replies'), { ...base('replies'), count, exact: query.exact }, i18n),
      counted(
        'reports',
        named(
          'reports',
          (reason) =>
            reasonWords(i18n, [{ source: isConcern(reason) ? 'concern' : 'report', reason }])[0] ??
            reason,
        ),
      ),
      counted(
        'holds',
        named('holds', (reason) => reasonWords(i18n, [{ source: 'hold', reason }])[0] ?? reason),
      ),
      holdTimesSection(
        { decided: of('hold-times')[0], now: of('held-now')[0] },
        { ...base('hold-times'), count, exact: query.exact },
        i18n,
      ),
      ...(query.detailed
        ? [falseHoldsSection(of('held'), of('held-unchanged'), base('false-holds'), i18n)]
        : []),
      counted(
        'actions',
        named('actions', (action) => i18n.t(`moderation.done.${action}`)),
      ),
      counted('rules', grouped(named('rules', (rule) => ruleWords(rule, i18n) ?? rule))),
      counted(
        'found',
        named('found', (how) => i18n.t(`moderation.statement.found.${how}`)),
      ),
      counted(
        'appeals',
        named('appeals', (outcome) => t(`appeal.${outcome}`)),
      ),
      {
        ...base('whole'),
        text: null,
        svg: null,
        heads: [t('whole.head'), t('count')],
        rows: [
          { name: t('whole.posts'), cells: [count(sum(of('posts')))] },
          { name: t('whole.escalations'), cells: [count(sum(of('escalations')))] },
        ],
      },
    ],
  };
}

// A community's own rules and laws are free text that might name somebody, so they are left out.
function grouped(rules: { name: string; label: string }[]): { name: string; label: string }[] {
  return rules.filter(({ name, label }) => label !== name);
}
