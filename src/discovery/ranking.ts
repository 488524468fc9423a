import type { Candidate } from './finder.queries.js';
import { wordsIn } from './vocabulary.js';

/** The kinds of reply that somebody may prefer. */
export const REPLY_NEEDS = ['listen', 'experiences', 'advice'] as const;
export type ReplyNeed = (typeof REPLY_NEEDS)[number];

interface RankingQuery {
  /** Tags chosen in the form, and those understood from the text. */
  difficulties: readonly string[];
  situations: readonly string[];
  need: ReplyNeed | null;
  words: readonly string[];
  /** There was a text, understood or not. */
  hasText: boolean;
}

/** Why a community is suggested; the view has a sentence for each. */
export interface Reason {
  kind: 'difficulty' | 'situation' | 'topic' | 'need' | 'described' | 'asked' | 'open';
  what: string;
}

export interface Match {
  community: Candidate;
  score: number;
  reasons: Reason[];
}

// A community's first tag weighs twice its other ones. A situation weighs more than a difficulty,
// as fewer people share it.
const FIRST_TAG_POINTS = { difficulty: 3, situation: 5 };
const OTHER_TAG_SHARE = 0.5;
/** Descriptions are written by hand: a word in them is a hint, not a match. */
const MOST_TEXT_POINTS = 1;
const NEED_POINTS = 0.75;
/** Below this, a community shares no more than a word with the query, and is not suggested. */
const LEAST_SCORE = 1;
export const MOST_MATCHES = 6;

const FORMAT_OF_NEED = {
  listen: 'listening',
  experiences: 'experiences',
  advice: 'ideas',
} as const;
/** Share of threads asking for a kind of reply, from which a community meets the need. */
const USUAL_SHARE = 1 / 3;

/** The communities that match, best first. Pure. */
export function rank(communities: readonly Candidate[], query: RankingQuery): Match[] {
  return communities
    .map((community) => score(community, query))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.community.memberCount - a.community.memberCount ||
        a.community.slug.localeCompare(b.community.slug),
    )
    .slice(0, MOST_MATCHES);
}

function score(community: Candidate, query: RankingQuery): Match {
  const difficulties = shared(community.difficulties, query.difficulties);
  const situations = shared(community.situations, query.situations);
  const topic =
    difficulties.length + situations.length + community.textRank > 0
      ? topicOf(community.topics, query.words)
      : null;
  const textPoints = Math.min(
    MOST_TEXT_POINTS,
    community.textRank * 4 + (community.nameSimilarity > 0.5 ? community.nameSimilarity : 0),
  );
  const need = query.need !== null && meets(community, query.need);
  const total =
    points(community.difficulties, difficulties, FIRST_TAG_POINTS.difficulty) +
    points(community.situations, situations, FIRST_TAG_POINTS.situation) +
    textPoints;
  const reasons: Reason[] = [
    ...difficulties.map((what) => ({ kind: 'difficulty' as const, what })),
    ...situations.map((what) => ({ kind: 'situation' as const, what })),
    ...(topic === null ? [] : [{ kind: 'topic' as const, what: topic }]),
    ...(need && query.need !== null ? [{ kind: 'need' as const, what: query.need }] : []),
  ];
  const isOpenQuery = !query.hasText && query.difficulties.length + query.situations.length === 0;
  if (isOpenQuery)
    return {
      community,
      score: need || query.need === null ? LEAST_SCORE : 0,
      reasons: need ? reasons : [{ kind: 'asked', what: '' }],
    };
  const allReasons = reasons.some(({ kind }) => kind !== 'need')
    ? reasons
    : [{ kind: 'described' as const, what: '' }, ...reasons];
  return { community, score: total > 0 && need ? total + NEED_POINTS : total, reasons: allReasons };
}

function shared(own: readonly string[], asked: readonly string[]): string[] {
  return own.filter((tag) => asked.includes(tag));
}

function points(own: readonly string[], common: readonly string[], main: number): number {
  return common.reduce((sum, tag) => sum + (own[0] === tag ? main : main * OTHER_TAG_SHARE), 0);
}

function meets(community: Candidate, need: ReplyNeed): boolean {
  return community.formats.includes(FORMAT_OF_NEED[need]) || (community[need] ?? 0) >= USUAL_SHARE;
}

/**
 * The first topic that shares a word with the query. Words of five letters or more are equal where
 * they begin alike ("sleep", "sleeping").
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
