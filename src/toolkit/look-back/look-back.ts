import type { Translator } from '../../i18n/translator.js';
import { tendencies, type RatedUse } from '../check-ins/tendencies.js';

export const LETTER_FIELD = 'toolkit_letters.words';

/** What a month's letter tells of; sealed as it is. */
export interface LetterFacts {
  /** Times something was noted. */
  noted: number;
  /** Days that were hard, in the member's own words. */
  hard: { day: string; word: string; note: string }[];
  /** Good ones. */
  good: { day: string; word: string; note: string }[];
  /** Names of what went before an easier hour, and how often. */
  helped: { name: string; count: number }[];
  tried: string[];
  replies: number;
  thanks: number;
}

export interface MonthNote {
  at: Date;
  level: number | null;
  before: number | null;
  after: number | null;
  word: string;
  note: string;
  about: string | null;
  thing: string | null;
}

const HARD = 3;
const GOOD = 7;
const SHOWN = 3;

/**
 * From a member's own notes of a month and how they were there for others. Null where there is
 * nothing to tell.
 */
export function composeLetter(
  notes: readonly MonthNote[],
  others: { replies: number; thanks: number },
): LetterFacts | null {
  if (notes.length === 0 && others.replies === 0) return null;
  const days = notes.filter((note) => note.level !== null);
  const told = (note: MonthNote): LetterFacts['hard'][number] => ({
    day: note.at.toISOString(),
    word: note.word,
    note: note.note,
  });
  const by =
    (sign: 1 | -1) =>
    (a: MonthNote, b: MonthNote): number =>
      sign * ((a.level ?? 0) - (b.level ?? 0)) || a.at.getTime() - b.at.getTime();
  const rated: RatedUse[] = notes.flatMap(({ thing, about, before, after }) =>
    thing === null || about === null || before === null || after === null
      ? []
      : [{ thing, name: about, before, after }],
  );
  return {
    noted: notes.length,
    hard: days
      .filter(({ level }) => (level ?? 0) <= HARD)
      .sort(by(1))
      .slice(0, SHOWN)
      .map(told),
    good: days
      .filter(({ level }) => (level ?? 0) >= GOOD)
      .sort(by(-1))
      .slice(0, SHOWN)
      .map(told),
    helped: tendencies(rated.filter(({ before, after }) => after > before))
      .slice(0, SHOWN)
      .map(({ name, count }) => ({ name, count })),
    tried: [...new Set(notes.flatMap(({ about }) => about ?? []))].slice(0, 8),
    replies: others.replies,
    thanks: others.thanks,
  };
}

interface LetterView {
  title: string;
  opening: string;
  hard: string[];
  good: string[];
  helped: string[];
  others: string[];
  keep: string;
}

/** @param month its first day, as the database has it */
export function letterView(facts: LetterFacts, month: string, i18n: Translator): LetterView {
  const name = i18n.month(new Date(`${month}T12:00:00Z`));
  const day = ({ day: at, word, note }: LetterFacts['hard'][number]): string => {
    const said = [word, note].filter((part) => part !== '').join(': ');
    const date = i18n.date(new Date(at));
    return said === '' ? date : i18n.t('toolkit.letter.day', { date, said });
  };
  return {
    title: i18n.t('toolkit.letter.title', { month: name }),
    opening:
      facts.noted === 0
        ? i18n.t('toolkit.letter.quiet', { month: name })
        : i18n.t('toolkit.letter.opening', { month: name, count: facts.noted }),
    hard: facts.hard.map(day),
    good: facts.good.map(day),
    helped: facts.helped.map((each) => i18n.t('toolkit.letter.helped-item', each)),
    others: [
      ...(facts.replies > 0 ? [i18n.t('toolkit.letter.replies', { count: facts.replies })] : []),
      ...(facts.thanks > 0 ? [i18n.t('toolkit.letter.thanks', { count: facts.thanks })] : []),
    ],
    keep:
      facts.helped[0] === undefined
        ? i18n.t('toolkit.letter.keep-nothing')
        : i18n.t('toolkit.letter.keep', { name: facts.helped[0].name }),
  };
}

/**
 * The month before, as its first day and the first day after it. In the world's time: a letter may
 * miss an hour, never a member.
 */
export function monthBefore(now: Date): { month: string; from: Date; until: Date } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  return { month: from.toISOString().slice(0, 10), from, until };
}
