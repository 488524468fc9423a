import { bars, lines } from '../../rendering/charts.js';
import type { Translator } from '../../i18n/translator.js';
import { isConcern } from '../../review/review-targets.js';
import type { Figure } from './stats.queries.js';
import { TIERS, reasonWords } from '../core/case-labels.js';
import { ruleWords } from '../core/rule-labels.js';

/** Counts below this could point at somebody. */
export const SMALLEST_SHOWN = 10;

interface Row {
  name: string;
  cells: string[];
}

interface Section {
  id: string;
  title: string;
  text: string | null;
  svg: string | null;
  heads: string[];
  rows: Row[];
  /** What is said where there is nothing. */
  none: string;
}

/** @param exact whether small counts are shown as they are: to moderators, not to the public */
export interface StatsQuery {
  exact: boolean;
  weeks: boolean;
}

export function statsView(
  rows: readonly Figure[],
  wishes: StatsQuery,
  i18n: Translator,
): { sections: Section[] } {
  const of = (kind: string): Figure[] => rows.filter((row) => row.kind === kind);
  const count = (n: number): string =>
    wishes.exact || n === 0 || n >= SMALLEST_SHOWN ? i18n.number(n) : `<${SMALLEST_SHOWN}`;
  // A bar's length would tell what "<10" hides: all such bars are as long, and say the same as the
  // table.
  const length = (n: number): number =>
    wishes.exact || n === 0 || n >= SMALLEST_SHOWN ? n : SMALLEST_SHOWN - 0.5;
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
      .map(({ name, label }) => ({ label, n: found.find((row) => row.name === name)?.n ?? 0 }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n);
    return {
      ...base(id),
      text: null,
      svg:
        shown.length < 2
          ? null
          : bars({
              id: `chart-${id}`,
              title: t(`${id}.title`),
              description: shown.map(({ label, n }) => `${label}: ${count(n)}`).join('; '),
              labels: shown.map(({ label }) => label),
              series: [{ name: id, values: shown.map(({ n }) => length(n)) }],
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
    { ...base('reads'), count, exact: wishes.exact },
    i18n,
  );
  return {
    sections: [
      reads,
      ...(wishes.weeks ? [weeksSection(of('weeks'), base('weeks'), i18n)] : []),
      repliesSection(of('replies'), { ...base('replies'), count, exact: wishes.exact }, i18n),
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

// Community rules and laws are free text, which is nobody's business in public.
function grouped(rules: { name: string; label: string }[]): { name: string; label: string }[] {
  return rules.filter(({ name, label }) => label !== name);
}

function readsSection(
  reads: Figure[],
  unread: Figure[],
  head: Pick<Section, 'id' | 'title' | 'none'> & { count: (n: number) => string; exact: boolean },
  i18n: Translator,
): Section {
  const { count, exact, ...base } = head;
  // A median of a few is the wait of somebody.
  const shown = TIERS.flatMap((tier) =>
    reads.filter((row) => row.name === tier && (exact || row.n >= SMALLEST_SHOWN)),
  );
  const label = (row: Figure): string => i18n.t(`moderation.tier.${row.name}`);
  return {
    ...base,
    text: i18n.t('moderation.stats.reads.text'),
    svg:
      shown.length === 0
        ? null
        : bars({
            id: 'chart-reads',
            title: base.title,
            labels: shown.map(label),
            series: [
              {
                name: i18n.t('moderation.stats.median'),
                values: shown.map((row) => Math.round(row.median ?? 0)),
              },
              {
                name: i18n.t('moderation.stats.high'),
                values: shown.map((row) => Math.round(row.high ?? 0)),
              },
            ],
            description: shown
              .map((row) =>
                i18n.t('moderation.stats.reads.said', {
                  tier: label(row),
                  median: span(row.median, i18n),
                  high: span(row.high, i18n),
                }),
              )
              .join(' '),
            formatValue: (value) => span(value, i18n),
          }),
    heads: [
      i18n.t('moderation.filter.tier'),
      i18n.t('moderation.stats.read'),
      i18n.t('moderation.stats.median'),
      i18n.t('moderation.stats.high'),
      i18n.t('moderation.stats.unread'),
    ],
    rows: TIERS.flatMap((tier) => {
      const [row] = reads.filter(({ name }) => name === tier);
      const [waiting] = unread.filter(({ name }) => name === tier);
      if (row === undefined && waiting === undefined) return [];
      const told = row !== undefined && shown.includes(row);
      return [
        {
          name: i18n.t(`moderation.tier.${tier}`),
          cells: [
            count(row?.n ?? 0),
            told ? span(row.median, i18n) : '–',
            told ? span(row.high, i18n) : '–',
            count(waiting?.n ?? 0),
          ],
        },
      ];
    }),
  };
}

function weeksSection(
  rows: Figure[],
  base: Pick<Section, 'id' | 'title' | 'none'>,
  i18n: Translator,
): Section {
  const weeks = [...new Set(rows.map(({ name }) => name.slice(0, 10)))].sort();
  const tiers = TIERS.filter((tier) => rows.some(({ name }) => name.endsWith(` ${tier}`)));
  const at = (week: string, tier: string): number | null =>
    rows.find(({ name }) => name === `${week} ${tier}`)?.median ?? null;
  const day = (week: string): string =>
    i18n.date(new Date(`${week}T12:00:00Z`)).replace(/ \d{4}$/, '');
  return {
    ...base,
    text: i18n.t('moderation.stats.weeks.text', {
      tiers: i18n.list(tiers.map((tier) => i18n.t(`moderation.tier.${tier}`))),
    }),
    svg:
      weeks.length < 2
        ? null
        : lines({
            id: 'chart-weeks',
            title: base.title,
            description: i18n.t('moderation.stats.weeks.said'),
            labels: weeks.map(day),
            series: tiers.map((tier) => ({
              name: tier,
              values: weeks.map((week) => at(week, tier)),
            })),
            formatValue: (value) => span(value, i18n),
          }),
    heads: [
      i18n.t('moderation.stats.week'),
      ...tiers.map((tier) => i18n.t(`moderation.tier.${tier}`)),
    ],
    rows: weeks.map((week) => ({
      name: day(week),
      cells: tiers.map((tier) => span(at(week, tier), i18n)),
    })),
  };
}

function repliesSection(
  rows: Figure[],
  head: Pick<Section, 'id' | 'title' | 'none'> & { count: (n: number) => string; exact: boolean },
  i18n: Translator,
): Section {
  const { count, exact, ...base } = head;
  const [first, none] = ['first', 'none'].map((name) => rows.find((row) => row.name === name));
  const enough = (first?.n ?? 0) >= (exact ? 1 : SMALLEST_SHOWN);
  return {
    ...base,
    text: null,
    svg: null,
    heads: [
      i18n.t('moderation.stats.replies.head'),
      i18n.t('moderation.stats.count'),
      i18n.t('moderation.stats.median'),
      i18n.t('moderation.stats.high'),
    ],
    rows: [
      {
        name: i18n.t('moderation.stats.replies.first'),
        cells: [
          count(first?.n ?? 0),
          enough ? span(first?.median ?? null, i18n) : '–',
          enough ? span(first?.high ?? null, i18n) : '–',
        ],
      },
      { name: i18n.t('moderation.stats.replies.waiting'), cells: [count(none?.n ?? 0), '–', '–'] },
    ],
  };
}

/** Minutes in words, as near as one needs. */
function span(minutes: number | null, i18n: Translator): string {
  if (minutes === null) return '–';
  if (minutes < 90) return i18n.t('moderation.stats.minutes', { count: Math.round(minutes) });
  return minutes < 48 * 60
    ? i18n.t('moderation.stats.hours', { count: Math.round(minutes / 60) })
    : i18n.t('moderation.stats.days', { count: Math.round(minutes / 1_440) });
}

function sum(rows: Figure[]): number {
  return rows.reduce((total, { n }) => total + n, 0);
}
