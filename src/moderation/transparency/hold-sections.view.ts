import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { reasonWords } from '../core/case-labels.js';
import { signalReason } from '../core/signal-reasons.js';
import {
  waitCells,
  type CountedHead,
  type Section,
  type SectionHead,
} from './stats-sections.view.js';
import type { FigureRow } from './stats.queries.js';

/** How long held posts waited for the decision that ended the hold, and how many are held now. */
export function holdTimesSection(
  { decided, now }: { decided: FigureRow | undefined; now: FigureRow | undefined },
  head: CountedHead,
  i18n: Translator,
): Section {
  const { count, exact, ...base } = head;
  return {
    ...base,
    text: null,
    svg: null,
    heads: [
      i18n.t('moderation.stats.hold-times.head'),
      i18n.t('moderation.stats.count'),
      i18n.t('moderation.stats.hold-times.median'),
      i18n.t('moderation.stats.hold-times.high'),
    ],
    rows: [
      {
        name: i18n.t('moderation.stats.hold-times.decided'),
        cells: waitCells(decided, { count, exact }, i18n),
      },
      { name: i18n.t('moderation.stats.hold-times.now'), cells: [count(now?.n ?? 0), '–', '–'] },
    ],
  };
}

/**
 * False holds: the share of held posts that moderators published unchanged, overall, by reason for
 * the hold, and by the rule that matched.
 */
export function falseHoldsSection(
  held: FigureRow[],
  unchanged: FigureRow[],
  base: SectionHead,
  i18n: Translator,
): Section {
  const rows = held.map(({ name, n }) => {
    const published = unchanged.find((row) => row.name === name)?.n ?? 0;
    return { name, n, published, share: n === 0 ? 0 : published / n };
  });
  rows.sort((a, b) => Number(b.name === 'all') - Number(a.name === 'all') || b.n - a.n);
  return {
    ...base,
    text: i18n.t('moderation.stats.false-holds.text'),
    svg: null,
    heads: [
      i18n.t('moderation.stats.false-holds.head'),
      i18n.t('moderation.stats.false-holds.held'),
      i18n.t('moderation.stats.false-holds.unchanged'),
      i18n.t('moderation.stats.false-holds.share'),
    ],
    rows: rows.map((row) => ({
      name: capital(holdLabel(row.name, i18n)),
      cells: [
        i18n.number(row.n),
        i18n.number(row.published),
        i18n.t('moderation.stats.percent', { share: Math.round(row.share * 100) }),
      ],
    })),
  };
}

function holdLabel(name: string, i18n: Translator): string {
  if (name === 'all') return i18n.t('moderation.stats.false-holds.all');
  const [kind = '', ...rest] = name.split('.');
  const cause = rest.join('.');
  if (kind === 'hold') return reasonWords(i18n, [{ source: 'hold', reason: cause }])[0] ?? cause;
  const [rule, ...why] = rest;
  return rule === 'word-rule' ? why.join('.') : signalReason({ rule: cause }, i18n);
}
