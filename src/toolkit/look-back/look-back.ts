import type { Translator } from '../../i18n/translator.js';
import { tendencies, type RatedUse } from '../check-ins/tendencies.js';

export const LETTER_FIELD = 'toolkit_letters.words';

/** The content of a month's letter, stored encrypted. */
export interface LetterFacts {
  /** Number of check-ins. */
  noted: number;
  /** Hard days, in the member's own words. */
  hard: { day: string; word: string; note: string }[];
  /** Good days, likewise. */
  good: { day: string; word: string; note: string }[];
  /** Exercises after which the rating improved, and how often. */
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
const MAX_SHOWN = 3;

/**
 * Composes a letter from a month's check-ins and the member's support for others.
 * @returns null if there is nothing to write
 */
export function composeLetter(
  notes: readonly MonthNote[],
  others: { replies: number; thanks: number },
): LetterFacts | null {
  if (notes.length === 0 && others.replies === 0) return null;
  const days = notes.filter((note) => note.level !== null);
  const dayOf = (note: MonthNote): LetterFacts['hard'][number] => ({
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
      .slice(0, MAX_SHOWN)
      .map(dayOf),
    good: days
      .filter(({ level }) => (level ?? 0) >= GOOD)
      .sort(by(-1))
      .slice(0, MAX_SHOWN)
      .map(dayOf),
    helped: tendencies(rated.filter(({ before, after }) => after > before))
      .slice(0, MAX_SHOWN)
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

/** @param month its first day, as stored in the database */
export function letterView(facts: LetterFacts, month: string, i18n: Translator): LetterView {
  const name = i18n.month(new Date(`${month}T12:00:00Z`));
  const day = ({ day: at, word, note }: LetterFacts['hard'][number]): string => {
    const text = [word, note].filter((part) => part !== '').join(': ');
    const date = i18n.date(new Date(at));
    return text === '' ? date : i18n.t('toolkit.letter.day', { date, said: text });
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
 * Last month in UTC: its first day as `month` and `from`, the first day after it as `until`. In a
 * member's time zone an hour may fall into the neighbouring letter, which is harmless.
 */
export function monthBefore(now: Date): { month: string; from: Date; until: Date } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  return { month: from.toISOString().slice(0, 10), from, until };
}
