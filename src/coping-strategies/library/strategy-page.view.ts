import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { authorView } from '../../posts/author.js';
import { postPath } from '../../posts/post-address.js';
import { strategyCard, type StrategyCard } from '../core/strategies.view.js';
import type {
  AnswersRow,
  OtherLanguage,
  OutcomeRow,
  StoryRow,
  StrategyRow,
} from '../core/strategy-page.queries.js';
import { NEEDS, PLACES, SITUATIONS, TIMES } from '../core/vocabulary.js';

/** A smaller number could tell who said it. */
const LEAST_SHOWN = 5;

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
  i18n: Translator,
): string | null {
  if (chosen.length === 0) return null;
  if (all.every((each) => chosen.includes(each))) return i18n.t(`strategies.${name}.any`);
  return i18n.list(
    chosen
      .map((each) => i18n.t(`strategies.${name}.${each}`))
      .map((text, at) => (at === 0 ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`)),
  );
}

function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

function translatedFrom({ name, from, newest }: OtherLanguage, i18n: Translator): string {
  const version = from ?? newest;
  return i18n.t(version < newest ? 'strategies.translated.older' : 'strategies.translated.newest', {
    name,
    number: version,
  });
}

export function strategyView(row: StrategyRow, i18n: Translator): StrategyView {
  const others = [...(row.original === null ? [] : [row.original]), ...(row.translations ?? [])];
  return {
    ...strategyCard(row, i18n),
    origin: i18n.t(`strategies.origin.${row.origin}.label`),
    steps: row.steps,
    fits: row.fits,
    fitsNot: row.fitsNot,
    needs: row.needs.map((need) => ({
      label: i18n.t(`strategies.need.${need}`),
      href: `/strategies?need=${need}`,
    })),
    where: together(row.places, PLACES, 'place', i18n),
    when: together(row.times, TIMES, 'time', i18n),
    source:
      row.sourceName === '' || row.sourceUrl === ''
        ? null
        : { name: row.sourceName, href: row.sourceUrl },
    reviewed:
      row.reviewedOn === null
        ? null
        : i18n.t('strategies.reviewed', {
            date: i18n.date(new Date(`${row.reviewedOn}T12:00:00Z`)),
          }),
    version: i18n.t('strategies.version', { number: row.version, licence: row.licence }),
    credit: row.credit === '' ? null : i18n.t('strategies.credit', { name: row.credit }),
    language: row.language,
    languages: others.map((other) => ({
      href: `/strategies/${other.slug}`,
      name: other.name,
      language: other.language,
      label: languageName(other.language),
    })),
    translated: row.original === null ? null : translatedFrom(row.original, i18n),
  };
}

interface StoryView {
  href: string;
  title: string;
  by: string;
  notes: string[];
}

export function storyView(row: StoryRow, i18n: Translator): StoryView {
  const author = authorView(row, i18n);
  return {
    href: postPath(row.threadId, row.number),
    title: row.title,
    by: i18n.t('strategies.stories.by', {
      name: author.name,
      when: i18n.when(row.createdAt),
      community: row.community,
    }),
    notes: row.notes.map((note) => i18n.t(`posts.note.${note}`)),
  };
}

/**
 * Whom it helped, in words: by need where enough people said so, else of all together; nothing
 * under five.
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

/** To the nearest half: more would claim more than ten people can say. */
function half(value: number): number {
  return Math.round(value * 2) / 2;
}

interface AnswerForm {
  action: string;
  said: string | null;
  needs: SelectOption[];
  situations: SelectOption[];
}

export function answerForm(row: StrategyRow, i18n: Translator): AnswerForm {
  // What the strategy is for comes first.
  const needs = [...row.needs, ...NEEDS.filter((need) => !row.needs.includes(need))];
  const blank = {
    value: '',
    label: i18n.t('strategies.answer.rather-not'),
    selected: row.answer === null,
  };
  return {
    action: `/strategies/${row.slug}/feedback`,
    said:
      row.answer === null
        ? null
        : i18n.t(
            row.answer.helped ? 'strategies.answer.said-helped' : 'strategies.answer.said-not',
          ),
    needs: [
      blank,
      ...selectOptions(needs, row.answer?.need, (need) => i18n.t(`strategies.need.${need}`)),
    ],
    situations: [
      blank,
      ...selectOptions(SITUATIONS, row.answer?.situation, (each) =>
        i18n.t(`strategies.situation.${each}`),
      ),
    ],
  };
}
