import { bars, lines } from '../../rendering/charts.js';
import type { Translator } from '../../i18n/translator.js';
import { TIERS } from '../core/case-labels.js';
import type { FigureRow } from './stats.queries.js';

/** Smaller counts could identify somebody. */
export const MIN_COUNT_SHOWN = 10;

export interface SectionRow {
  name: string;
  cells: string[];
}

export interface Section {
  id: string;
  title: string;
  text: string | null;
  svg: string | null;
  heads: string[];
  rows: SectionRow[];
  /** The text shown if the section has no figures. */
  none: string;
}

export type SectionHead = Pick<Section, 'id' | 'title' | 'none'>;
export type CountedHead = SectionHead & { count: (n: number) => string; exact: boolean };

/** Whether a count is suppressed because it could identify somebody. */
export function isHidden(n: number, exact: boolean): boolean {
  return !exact && n > 0 && n < MIN_COUNT_SHOWN;
}

/** The number of waits with their median and high percentile; no times for small counts. */
export function waitCells(
  row: FigureRow | undefined,
  { count, exact }: Pick<CountedHead, 'count' | 'exact'>,
  i18n: Translator,
): string[] {
  const n = row?.n ?? 0;
  const [median, high] = isHidden(n, exact) ? [null, null] : [row?.median, row?.high];
  return [count(n), span(median ?? null, i18n), span(high ?? null, i18n)];
}

/** Time until a moderator opened a case, by tier. */
export function readsSection(
  reads: FigureRow[],
  unread: FigureRow[],
  head: CountedHead,
  i18n: Translator,
): Section {
  const { count, exact, ...base } = head;
  // The median of a few waits could identify a member.
  const shown = TIERS.flatMap((tier) =>
    reads.filter((row) => row.name === tier && !isHidden(row.n, exact)),
  );
  const label = (row: FigureRow): string => i18n.t(`moderation.tier.${row.name}`);
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
      return [
        {
          name: i18n.t(`moderation.tier.${tier}`),
          cells: [...waitCells(row, { count, exact }, i18n), count(waiting?.n ?? 0)],
        },
      ];
    }),
  };
}

/** The same waiting time week by week. */
export function weeksSection(rows: FigureRow[], base: SectionHead, i18n: Translator): Section {
  const weeks = [...new Set(rows.map(({ name }) => name.slice(0, 10)))].sort();
  const tiers = TIERS.filter((tier) => rows.some(({ name }) => name.endsWith(` ${tier}`)));
  const at = (week: string, tier: string): number | null =>
    rows.find(({ name }) => name === `${week} ${tier}`)?.median ?? null;
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
            labels: weeks.map((week) => i18n.calendarDay(week, 'least')),
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
      name: i18n.calendarDay(week),
      cells: tiers.map((tier) => span(at(week, tier), i18n)),
    })),
  };
}

/** How long threads waited for their first reply. */
export function repliesSection(rows: FigureRow[], head: CountedHead, i18n: Translator): Section {
  const { count, exact, ...base } = head;
  const [first, none] = ['first', 'none'].map((name) => rows.find((row) => row.name === name));
  const [replied, waiting] = [first?.n ?? 0, none?.n ?? 0];
  // A share beside an exact count would let readers compute the suppressed count.
  const share =
    replied + waiting === 0 || isHidden(replied, exact) || isHidden(waiting, exact)
      ? '–'
      : i18n.t('moderation.stats.percent', {
          share: Math.round((100 * waiting) / (replied + waiting)),
        });
  return {
    ...base,
    text: null,
    svg: null,
    heads: [
      i18n.t('moderation.stats.replies.head'),
      i18n.t('moderation.stats.count'),
      i18n.t('moderation.stats.replies.median'),
      i18n.t('moderation.stats.replies.high'),
    ],
    rows: [
      {
        name: i18n.t('moderation.stats.replies.first'),
        cells: waitCells(first, { count, exact }, i18n),
      },
      { name: i18n.t('moderation.stats.replies.waiting'), cells: [count(waiting), '–', '–'] },
      { name: i18n.t('moderation.stats.replies.share'), cells: [share, '–', '–'] },
    ],
  };
}

/** Formats a duration given in minutes, in a unit that suits its size. */
function span(minutes: number | null, i18n: Translator): string {
  if (minutes === null) return '–';
  if (minutes < 90) return i18n.t('moderation.stats.minutes', { count: Math.round(minutes) });
  return minutes < 48 * 60
    ? i18n.t('moderation.stats.hours', { count: Math.round(minutes / 60) })
    : i18n.t('moderation.stats.days', { count: Math.round(minutes / 1_440) });
}

export function sum(rows: FigureRow[]): number {
  return rows.reduce((total, { n }) => total + n, 0);
}
