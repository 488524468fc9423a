import { timeChart, type TimeChart } from '../content/time-chart.js';
import { DAY, later } from '../kernel/clock.js';
import type { Words } from '../kernel/words.js';
import type { CheckIn } from './check-ins.view.js';
import { tendencies, type RatedUse } from './helps.js';
import { saidInNumbers } from './take-out.view.js';

export const SPANS = [30, 90, 365] as const;

export interface ProgressFacts {
  checkIns: CheckIn[];
  span: (typeof SPANS)[number];
  now: Date;
  countsFrom: Date | null;
  hideCounts: boolean;
}

export function progressView(facts: ProgressFacts, words: Words): object {
  const { checkIns, span, now } = facts;
  const days = checkIns.filter(({ level }) => level !== null);
  const uses = checkIns.filter(
    ({ level, before, after }) => level === null && before !== null && after !== null,
  );
  const chart = (title: string): TimeChart => ({
    title,
    from: later(now, -span * DAY).getTime(),
    to: now.getTime(),
    least: 0,
    most: 10,
    gap: 4 * DAY,
    marks: [0, 5, 10].map((value) => ({ value, label: String(value) })),
    ticks: [span, span / 2, 0].map((ago) => ({
      at: later(now, -ago * DAY).getTime(),
      label: words.date(later(now, -ago * DAY)),
    })),
  });
  return {
    spans: SPANS.map((each) => ({
      href: `/toolkit/progress?days=${each}`,
      label: words.t('toolkit.progress.span', { count: each }),
      current: each === span,
    })),
    days:
      days.length === 0
        ? null
        : {
            svg: timeChart(
              days.map(({ at, level }) => ({ at: at.getTime(), value: level ?? 0 })),
              chart(words.t('toolkit.progress.days-chart')),
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
              chart(words.t('toolkit.progress.uses-chart')),
            ),
          },
    rows: checkIns.map((row) => ({
      id: row.id,
      when: words.exactly(row.at),
      iso: row.at.toISOString(),
      about: row.about,
      said: saidInNumbers(row, words),
      word: row.word,
      note: row.note,
    })),
    helps: helps(facts, words),
  };
}

/** Counted from where the member began to count. */
function helps(
  { checkIns, countsFrom, hideCounts }: ProgressFacts,
  words: Words,
): { name: string; says: string; numbers: string | null }[] {
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
      says: words.t(`toolkit.helps.${each.says}`),
      numbers: hideCounts
        ? null
        : words.t('toolkit.helps.numbers', {
            count: each.count,
            from: words.number(each.before),
            to: words.number(each.after),
          }),
    }));
}
