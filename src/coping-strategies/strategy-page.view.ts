import type { Words } from '../kernel/words.js';
import { authorView } from '../posts/author.js';
import { postPath } from '../posts/post-address.js';
import { strategyCard, type StrategyCard } from './strategies.view.js';
import type {
  AnswersRow,
  OtherLanguage,
  OutcomeRow,
  StoryRow,
  StrategyRow,
} from './strategy-page.queries.js';
import { NEEDS, PLACES, SITUATIONS, TIMES } from './vocabulary.js';

/** A smaller number could tell who said it. */
export const LEAST_SHOWN = 5;

export interface StrategyView extends StrategyCard {
  steps: string[];
  fits: string;
  fitsNot: string;
  needs: { label: string; href: string }[];
  where: string | null;
  when: string | null;
  source: { name: string; href: string } | null;
  reviewed: string | null;
  version: string;
  credit: string | null;
  language: string;
  languages: { href: string; name: string; language: string; label: string }[];
  translated: string | null;
}

/** All of a list is said in one word: "anywhere", "any time". */
function together(
  chosen: string[],
  all: readonly string[],
  name: string,
  words: Words,
): string | null {
  if (chosen.length === 0) return null;
  if (all.every((each) => chosen.includes(each))) return words.t(`strategies.${name}.any`);
  return words.list(
    chosen
      .map((each) => words.t(`strategies.${name}.${each}`))
      .map((text, at) => (at === 0 ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`)),
  );
}

function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

function translatedFrom({ name, from, newest }: OtherLanguage, words: Words): string {
  const version = from ?? newest;
  return words.t(
    version < newest ? 'strategies.translated.older' : 'strategies.translated.newest',
    { name, number: version },
  );
}

export function strategyView(row: StrategyRow, words: Words): StrategyView {
  const others = [...(row.original === null ? [] : [row.original]), ...(row.translations ?? [])];
  return {
    ...strategyCard(row, words),
    origin: words.t(`strategies.origin.${row.origin}.label`),
    steps: row.steps,
    fits: row.fits,
    fitsNot: row.fitsNot,
    needs: row.needs.map((need) => ({
      label: words.t(`strategies.need.${need}`),
      href: `/strategies?need=${need}`,
    })),
    where: together(row.places, PLACES, 'place', words),
    when: together(row.times, TIMES, 'time', words),
    source:
      row.sourceName === '' || row.sourceUrl === ''
        ? null
        : { name: row.sourceName, href: row.sourceUrl },
    reviewed:
      row.reviewedOn === null
        ? null
        : words.t('strategies.reviewed', {
            date: words.date(new Date(`${row.reviewedOn}T12:00:00Z`)),
          }),
    version: words.t('strategies.version', { number: row.version, licence: row.licence }),
    credit: row.credit === '' ? null : words.t('strategies.credit', { name: row.credit }),
    language: row.language,
    languages: others.map((other) => ({
      href: `/strategies/${other.slug}`,
      name: other.name,
      language: other.language,
      label: languageName(other.language),
    })),
    translated: row.original === null ? null : translatedFrom(row.original, words),
  };
}

export interface StoryView {
  href: string;
  title: string;
  by: string;
  notes: string[];
}

export function storyView(row: StoryRow, words: Words): StoryView {
  const author = authorView(row, words);
  return {
    href: postPath(row.threadId, row.number),
    title: row.title,
    by: words.t('strategies.stories.by', {
      name: author.name,
      when: words.when(row.createdAt),
      community: row.community,
    }),
    notes: row.notes.map((note) => words.t(`posts.note.${note}`)),
  };
}

/**
 * Whom it helped, in words: by need where enough people said so, else of all together; nothing
 * under five.
 */
export function answerLines(rows: AnswersRow[], words: Words): string[] {
  const lines = (helped: number, notForMe: number, need: string | null): string[] => [
    ...(helped < LEAST_SHOWN
      ? []
      : [
          words.t(need === null ? 'strategies.answers.helped' : 'strategies.answers.helped-with', {
            count: helped,
            need: need ?? '',
          }),
        ]),
    ...(notForMe < LEAST_SHOWN
      ? []
      : [
          words.t(need === null ? 'strategies.answers.not' : 'strategies.answers.not-with', {
            count: notForMe,
            need: need ?? '',
          }),
        ]),
  ];
  const byNeed = rows
    .filter(({ need }) => need !== '')
    .flatMap(({ helped, notForMe, need }) =>
      lines(helped, notForMe, words.t(`strategies.need.${need}`)),
    );
  // Never both: what is left of all after the needs would be a number under five.
  if (byNeed.length > 0) return byNeed;
  const sum = (of: (row: AnswersRow) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  return lines(
    sum((row) => row.helped),
    sum((row) => row.notForMe),
    null,
  );
}

/** Before and after, in words: by need where enough people counted, else of all together. */
export function outcomeLines(rows: OutcomeRow[], words: Words): string[] {
  const byNeed = rows.filter(({ need }) => need !== null);
  return (byNeed.length > 0 ? byNeed : rows).map((row) => {
    const numbers = {
      count: row.people,
      before: words.number(half(row.before)),
      after: words.number(half(row.after)),
      lower: words.number(half(row.lower)),
      upper: words.number(half(row.upper)),
    };
    return row.need === null
      ? words.t('strategies.outcomes.all', numbers)
      : words.t('strategies.outcomes.need', {
          ...numbers,
          need: words.t(`strategies.need.${row.need}`),
        });
  });
}

/** To the nearest half: more would claim more than ten people can say. */
function half(value: number): number {
  return Math.round(value * 2) / 2;
}

export interface AnswerForm {
  action: string;
  said: string | null;
  needs: { value: string; label: string; selected: boolean }[];
  situations: { value: string; label: string; selected: boolean }[];
}

export function answerForm(row: StrategyRow, words: Words): AnswerForm {
  // What the strategy is for comes first.
  const needs = [...row.needs, ...NEEDS.filter((need) => !row.needs.includes(need))];
  const blank = {
    value: '',
    label: words.t('strategies.answer.rather-not'),
    selected: row.answer === null,
  };
  return {
    action: `/strategies/${row.slug}/feedback`,
    said:
      row.answer === null
        ? null
        : words.t(
            row.answer.helped ? 'strategies.answer.said-helped' : 'strategies.answer.said-not',
          ),
    needs: [
      blank,
      ...needs.map((need) => ({
        value: need,
        label: words.t(`strategies.need.${need}`),
        selected: row.answer?.need === need,
      })),
    ],
    situations: [
      blank,
      ...SITUATIONS.map((each) => ({
        value: each,
        label: words.t(`strategies.situation.${each}`),
        selected: row.answer?.situation === each,
      })),
    ],
  };
}
