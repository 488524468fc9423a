import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import type { AnswersRow, OutcomeRow } from '../core/strategy-page.queries.js';
import { NEEDS, SITUATIONS } from '../core/vocabulary.js';

/** Smaller counts could identify a member. */
const MIN_SHOWN = 5;

/**
 * Feedback as sentences: by need if enough members answered, otherwise overall; nothing for fewer
 * than five answers.
 */
export function answerLines(rows: AnswersRow[], i18n: Translator): string[] {
  const lines = (helped: number, notForMe: number, need: string | null): string[] => [
    ...(helped < MIN_SHOWN
      ? []
      : [
          i18n.t(need === null ? 'strategies.answers.helped' : 'strategies.answers.helped-with', {
            count: helped,
            need: need ?? '',
          }),
        ]),
    ...(notForMe < MIN_SHOWN
      ? []
      : [
          i18n.t(need === null ? 'strategies.answers.not' : 'strategies.answers.not-with', {
            count: notForMe,
            need: need ?? '',
          }),
        ]),
  ];
  const byNeed = rows
    .filter(({ need }) => isKnown(NEEDS, need))
    .flatMap(({ helped, notForMe, need }) =>
      lines(helped, notForMe, i18n.t(`strategies.need.${need}`)),
    );
  // Never both: the difference between the total and the needs could be a count below five.
  if (byNeed.length > 0) return byNeed;
  const sum = (of: (row: AnswersRow) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  return lines(
    sum((row) => row.helped),
    sum((row) => row.notForMe),
    null,
  );
}

/** Fewer people than this do not represent a group. */
const MIN_ANSWERS = 10;

/**
 * Ratings as sentences: by need and by situation if enough members gave them, otherwise overall.
 */
export function outcomeLines(rows: OutcomeRow[], i18n: Translator): string[] {
  const named = rows.filter(
    ({ need, situation }) => isKnown(NEEDS, need) || isKnown(SITUATIONS, situation),
  );
  const overall = rows.filter(({ need, situation }) => need === null && situation === null);
  return (named.length > 0 ? named : overall).map((row) => {
    const [lower, upper] = [roundToHalf(row.lower), roundToHalf(row.upper)];
    const numbers = {
      count: row.people,
      alike: String(lower === upper),
      before: i18n.number(roundToHalf(row.before)),
      after: i18n.number(roundToHalf(row.after)),
      lower: i18n.number(lower),
      upper: i18n.number(upper),
    };
    const group = groupOf(row, i18n);
    const line =
      group === null
        ? i18n.t('strategies.outcomes.all', numbers)
        : i18n.t('strategies.outcomes.need', { ...numbers, need: capital(group) });
    return [line, ...notForMe(row, i18n)].join(' ');
  });
}

/** Whether a stored tag has a label: an import may bring tags that this version does not know. */
function isKnown(tags: readonly string[], tag: string | null): boolean {
  return tag !== null && tags.includes(tag);
}

function groupOf({ need, situation }: OutcomeRow, i18n: Translator): string | null {
  if (need !== null) return i18n.t(`strategies.need.${need}`);
  return situation === null ? null : i18n.t(`strategies.situation.${situation}`);
}

/**
 * The number for whom it did not work. Hidden if it, or its complement, could identify a member.
 */
function notForMe({ answered, notForMe: count }: OutcomeRow, i18n: Translator): string[] {
  if (answered < MIN_ANSWERS) return [];
  const share = count < MIN_SHOWN ? 'few' : answered - count < MIN_SHOWN ? 'most' : 'some';
  return [i18n.t('strategies.outcomes.not', { share, count })];
}

/** Rounds to the nearest half: ten members do not allow more precision. */
function roundToHalf(value: number): number {
  return Math.round(value * 2) / 2;
}
