import type { Candidate } from './finder.queries.js';
import { wordsIn } from './vocabulary.js';

interface FinderAnswers {
  /** As chosen in the questions, and as said in free words. */
  difficulties: readonly string[];
  situations: readonly string[];
  need: 'listen' | 'experiences' | 'advice' | null;
  words: readonly string[];
  /** Something was said in free words, understood or not. */
  said: boolean;
}

/** Why a community is in the list: each becomes a sentence. */
export interface Reason {
  kind: 'difficulty' | 'situation' | 'topic' | 'need' | 'described' | 'asked' | 'open';
  what: string;
}

export interface Match {
  community: Candidate;
  score: number;
  reasons: Reason[];
}

// What a community is mainly for weighs twice what it is also for. A situation weighs a little more
// than a difficulty: who shares it is rarer.
const MAIN = { difficulty: 3, situation: 5 };
const ALSO = 0.5;
/** Descriptions are written by hand; a word in them is a hint, not a fit. */
const TOLD_MOST = 1;
const NEED = 0.75;
/** Below this a community shares a word or so with what was said, and is not offered as a fit. */
const FITS = 1;
export const MOST = 6;

const FORMAT_OF_NEED = {
  listen: 'listening',
  experiences: 'experiences',
  advice: 'ideas',
} as const;
/** A third of what people ask for is many. */
const MANY = 1 / 3;

/** The best first; nothing where nothing fits. Pure. */
export function rank(communities: readonly Candidate[], wanted: FinderAnswers): Match[] {
  return communities
    .map((community) => weigh(community, wanted))
    .filter(({ score }) => score >= FITS)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.community.memberCount - a.community.memberCount ||
        a.community.slug.localeCompare(b.community.slug),
    )
    .slice(0, MOST);
}

function weigh(community: Candidate, wanted: FinderAnswers): Match {
  const difficulties = shared(community.difficulties, wanted.difficulties);
  const situations = shared(community.situations, wanted.situations);
  const topic =
    difficulties.length + situations.length + community.told > 0
      ? topicOf(community.topics, wanted.words)
      : null;
  const told = Math.min(
    TOLD_MOST,
    community.told * 4 + (community.named > 0.5 ? community.named : 0),
  );
  const need = wanted.need !== null && meets(community, wanted.need);
  const score =
    points(community.difficulties, difficulties, MAIN.difficulty) +
    points(community.situations, situations, MAIN.situation) +
    told;
  const reasons: Reason[] = [
    ...difficulties.map((what) => ({ kind: 'difficulty' as const, what })),
    ...situations.map((what) => ({ kind: 'situation' as const, what })),
    ...(topic === null ? [] : [{ kind: 'topic' as const, what: topic }]),
    ...(need && wanted.need !== null ? [{ kind: 'need' as const, what: wanted.need }] : []),
  ];
  const open = !wanted.said && wanted.difficulties.length + wanted.situations.length === 0;
  if (open)
    return {
      community,
      score: need || wanted.need === null ? FITS : 0,
      reasons: need ? reasons : [{ kind: 'asked', what: '' }],
    };
  const said = reasons.some(({ kind }) => kind !== 'need')
    ? reasons
    : [{ kind: 'described' as const, what: '' }, ...reasons];
  return { community, score: score > 0 && need ? score + NEED : score, reasons: said };
}

function shared(own: readonly string[], wanted: readonly string[]): string[] {
  return own.filter((tag) => wanted.includes(tag));
}

function points(own: readonly string[], common: readonly string[], main: number): number {
  return common.reduce((sum, tag) => sum + (own[0] === tag ? main : main * ALSO), 0);
}

function meets(community: Candidate, need: 'listen' | 'experiences' | 'advice'): boolean {
  return community.formats.includes(FORMAT_OF_NEED[need]) || (community[need] ?? 0) >= MANY;
}

/**
 * The topic that shares a word with what was said; long words are one when they begin alike
 * ("sleep", "sleeping").
 */
function topicOf(topics: readonly string[], words: readonly string[]): string | null {
  const long = words.filter((word) => word.length >= 4);
  return (
    topics.find((topic) =>
      wordsIn(topic).some(
        (own) =>
          own.length >= 4 &&
          long.some(
            (word) =>
              own === word ||
              (own.slice(0, 5) === word.slice(0, 5) && own.length >= 5 && word.length >= 5),
          ),
      ),
    ) ?? null
  );
}
