import { formView, type FormView } from '../../http/form-page.js';
import { idempotencyKeyOf, textOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import type { SelectOption } from '../../http/options.js';
import { timeChart, type TimeChartOptions } from '../../rendering/charts.js';
import { DAY, later } from '../../kernel/clock.js';
import type { Translator } from '../../i18n/translator.js';
import type { CheckIn } from '../check-ins/check-ins.view.js';
import { tendencies, type RatedUse } from '../check-ins/tendencies.js';
import { ratingInWords } from '../core/numbers-in-words.js';
import { scaleOptions } from '../core/scale.view.js';
import type { ToolkitSettings } from '../core/toolkit-settings.service.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';

export const SPANS = [30, 90, 365] as const;

interface ProgressFacts {
  checkIns: CheckIn[];
  span: (typeof SPANS)[number];
  now: Date;
  settings: ToolkitSettings;
  letters: readonly { id: string; month: string }[];
}

interface ProgressView {
  tabs: Tab[];
  form: FormView;
  idempotencyKey: string;
  levels: SelectOption[];
  spans: { href: string; label: string; current: boolean }[];
  days: { svg: string } | null;
  uses: { svg: string } | null;
  rows: {
    id: string;
    when: string;
    iso: string;
    about: string | null;
    said: string;
    word: string;
    note: string;
  }[];
  helps: TendencyView[];
  letters: { href: string; title: string }[];
  lookBack: boolean;
}

interface TendencyView {
  name: string;
  says: string;
  /** Null if the member hides counters. */
  numbers: string | null;
}

export function progressView(
  facts: ProgressFacts,
  i18n: Translator,
  faulty?: InvalidForm,
): ProgressView {
  const { checkIns, span, now } = facts;
  const days = checkIns.filter(({ level }) => level !== null);
  const uses = checkIns.filter(
    ({ level, before, after }) => level === null && before !== null && after !== null,
  );
  const chart = (title: string): TimeChartOptions => ({
    title,
    from: later(now, -span * DAY).getTime(),
    to: now.getTime(),
    least: 0,
    most: 10,
    gap: 4 * DAY,
    marks: [0, 5, 10].map((value) => ({ value, label: String(value) })),
    ticks: [span, span / 2, 0].map((ago) => ({
      at: later(now, -ago * DAY).getTime(),
      label: i18n.shortDate(later(now, -ago * DAY)),
    })),
  });
  const form = formView(i18n, faulty);
  return {
    tabs: toolkitTabs(i18n, 'progress'),
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
    levels: scaleOptions(i18n, textOf(form.values.level)),
    spans: SPANS.map((each) => ({
      href: `/toolkit/progress?days=${each}`,
      label: i18n.t('toolkit.progress.span', { count: each }),
      current: each === span,
    })),
    days:
      days.length === 0
        ? null
        : {
            svg: timeChart(
              days.map(({ at, level }) => ({ at: at.getTime(), value: level ?? 0 })),
              chart(i18n.t('toolkit.progress.days-chart')),
            ),
          },
    uses:
      uses.length === 0
        ? null
        : {
            svg: timeChart(
              uses.map(({ at, before, after }) => ({
                at: at.getTime(),
                first: before ?? 0,
                value: after ?? 0,
              })),
              chart(i18n.t('toolkit.progress.uses-chart')),
            ),
          },
    rows: checkIns.map((row) => ({
      id: row.id,
      when: i18n.exactly(row.at),
      iso: row.at.toISOString(),
      about: row.about,
      said: ratingInWords(row, i18n),
      word: row.word,
      note: row.note,
    })),
    helps: tendencyViews(facts, i18n),
    letters: facts.letters.map(({ id, month }) => ({
      href: `/toolkit/letters/${id}`,
      title: i18n.month(new Date(`${month}T12:00:00Z`)),
    })),
    lookBack: facts.settings.lookBack,
  };
}

/** Counts since the member last reset the counters. */
function tendencyViews({ checkIns, settings }: ProgressFacts, i18n: Translator): TendencyView[] {
  const { countsFrom, hideCounts } = settings;
  const rated: RatedUse[] = checkIns.flatMap(({ at, thing, about, before, after }) =>
    thing === null ||
    about === null ||
    before === null ||
    after === null ||
    (countsFrom !== null && at < countsFrom)
      ? []
      : [{ thing, name: about, before, after }],
  );
  return tendencies(rated)
    .slice(0, 30)
    .map((each) => ({
      name: each.name,
      says: i18n.t(`toolkit.helps.${each.says}`),
      numbers: hideCounts
        ? null
        : i18n.t('toolkit.helps.numbers', {
            count: each.count,
            from: i18n.number(each.before),
            to: i18n.number(each.after),
          }),
    }));
}
