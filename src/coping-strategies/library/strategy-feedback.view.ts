import type { Translator } from '../../i18n/translator.js';
import type { AnswersRow, OutcomeRow } from '../core/strategy-page.queries.js';

/** A smaller number could identify a member. */
const LEAST_SHOWN = 5;

/**
 * Feedback as sentences: by need where enough members answered, else for all together; nothing
 * below five answers.
 */
export function answerLines(rows: AnswersRow[], i18n: Translator): string[] {
  const lines = (helped: number, notForMe: number, need: string | null): string[] => [
    ...(helped < LEAST_SHOWN
      ? []
      : [
          i18n.t(need === null ? 'strategies.answers.helped' : 'strategies.answers.helped-with', {
            count: helped,
            need: need ?? '',
          }),
        ]),
    ...(notForMe < LEAST_SHOWN
      ? []
      : [
          i18n.t(need === null ? 'strategies.answers.not' : 'strategies.answers.not-with', {
            count: notForMe,
            need: need ?? '',
          }),
        ]),
  ];
  const byNeed = rows
    .filter(({ need }) => need !== '')
    .flatMap(({ helped, notForMe, need }) =>
      lines(helped, notForMe, i18n.t(`strategies.need.${need}`)),
    );
  // Never both: the difference between the total and the needs could be below five.
  if (byNeed.length > 0) return byNeed;
  const sum = (of: (row: AnswersRow) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  return lines(
    sum((row) => row.helped),
    sum((row) => row.notForMe),
    null,
  );
}

/** Ratings as sentences: by need where enough members gave them, else for all together. */
export function outcomeLines(rows: OutcomeRow[], i18n: Translator): string[] {
  const byNeed = rows.filter(({ need }) => need !== null);
  return (byNeed.length > 0 ? byNeed : rows).map((row) => {
    const numbers = {
      count: row.people,
      before: i18n.number(half(row.before)),
      after: i18n.number(half(row.after)),
      lower: i18n.number(half(row.lower)),
      upper: i18n.number(half(row.upper)),
    };
    return row.need === null
      ? i18n.t('strategies.outcomes.all', numbers)
      : i18n.t('strategies.outcomes.need', {
          ...numbers,
          need: i18n.t(`strategies.need.${row.need}`),
        });
  });
}

/** Rounds to the nearest half: ten members give no more precision. */
function half(value: number): number {
  return Math.round(value * 2) / 2;
}
