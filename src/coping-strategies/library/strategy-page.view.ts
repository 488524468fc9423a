import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { authorName } from '../../posts/author.js';
import { postPath } from '../../posts/post-address.js';
import { strategyCard, type StrategyCard } from '../core/strategies.view.js';
import type { OtherLanguage, StoryRow, StrategyRow } from '../core/strategy-page.queries.js';
import { NEEDS, PLACES, SITUATIONS, TIMES } from '../core/vocabulary.js';
import { answerLines, outcomeLines } from './strategy-feedback.view.js';
import type { StrategyContext } from './strategy-library.service.js';
import { displayNames } from '../../kernel/intl.js';

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

/** Joins the chosen labels; a complete list becomes one phrase, such as "anywhere". */
function joinLabels(
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
  return displayNames(code, 'language').of(code) ?? code;
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
    where: joinLabels(row.places, PLACES, 'place', i18n),
    when: joinLabels(row.times, TIMES, 'time', i18n),
    source:
      row.sourceName === '' || row.sourceUrl === ''
        ? null
        : { name: row.sourceName, href: row.sourceUrl },
    reviewed:
      row.reviewedOn === null
        ? null
        : i18n.t('strategies.reviewed', { date: i18n.calendarDay(row.reviewedOn) }),
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

function storyView(row: StoryRow, i18n: Translator): StoryView {
  return {
    href: postPath(row.threadId, row.number),
    title: row.title,
    by: i18n.t('strategies.stories.by', {
      name: authorName(row, i18n),
      when: i18n.when(row.createdAt),
      community: row.community,
    }),
    notes: row.notes.map((note) => i18n.t(`posts.note.${note}`)),
  };
}

interface AnswerForm {
  action: string;
  said: string | null;
  needs: SelectOption[];
  situations: SelectOption[];
}

function answerForm(row: StrategyRow, i18n: Translator): AnswerForm {
  // The strategy's own needs come first.
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

interface StrategyPageView {
  strategy: StrategyView;
  saved: boolean;
  /** Why it is not in the library yet; null once it is published. */
  waiting: string | null;
  stories: StoryView[];
  lines: string[];
  outcomes: string[];
  answer: AnswerForm | null;
  hide: { action: string; label: string; hidden: boolean } | null;
  similar: StrategyCard[];
}

export function strategyPageView(
  row: StrategyRow,
  context: StrategyContext,
  isMember: boolean,
  i18n: Translator,
): StrategyPageView {
  const isPublished = row.status === 'published';
  return {
    strategy: strategyView(row, i18n),
    saved: row.saved,
    waiting: isPublished ? null : i18n.t(`strategies.status.${row.status}`),
    stories: context.stories.map((story) => storyView(story, i18n)),
    lines: answerLines(context.answers, i18n),
    outcomes: outcomeLines(context.outcomes, i18n),
    answer: isMember && isPublished ? answerForm(row, i18n) : null,
    hide:
      isMember && isPublished
        ? {
            action: `/strategies/${row.slug}/${row.hidden ? 'unhide' : 'hide'}`,
            label: i18n.t(row.hidden ? 'strategies.unhide' : 'strategies.hide'),
            hidden: row.hidden,
          }
        : null,
    similar: context.similar.map((other) => strategyCard(other, i18n)),
  };
}

interface PrintedStrategyView {
  strategy: StrategyView;
  address: string;
}

export function printedStrategyView(
  row: StrategyRow,
  address: string,
  i18n: Translator,
): PrintedStrategyView {
  return { strategy: strategyView(row, i18n), address };
}
