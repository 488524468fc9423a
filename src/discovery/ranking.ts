import type { Candidate } from './finder.queries.js';
import { understand } from './query-understanding.js';
import { wordsIn } from './vocabulary.js';

/** The kinds of reply that a reader may prefer. */
export const REPLY_NEEDS = ['listen', 'experiences', 'advice'] as const;
export type ReplyNeed = (typeof REPLY_NEEDS)[number];

interface RankingQuery {
  /** Tags selected in the form, and those detected in the text. */
  difficulties: readonly string[];
  situations: readonly string[];
  /** The tags selected in the form. */
  chosen: readonly string[];
  need: ReplyNeed | null;
  words: readonly string[];
  /** Language of the page. */
  locale: string;
  /** Whether a text was given, understood or not. */
  hasText: boolean;
}

/** Why a community is suggested; the view has a sentence for each kind. */
export interface Reason {
  kind: 'difficulty' | 'situation' | 'topic' | 'need' | 'described' | 'asked' | 'open' | 'written';
  what: string;
}

export interface Match {
  community: Candidate;
  score: number;
  reasons: Reason[];
}

// A community's first tag weighs twice as much as the others. A situation that defines a walk of
// life weighs more than a difficulty, as fewer people share it; a general one, such as having a
// job, says less about somebody's needs than their difficulty.
const FIRST_TAG_POINTS = { difficulty: 3, situation: 5, setting: 2 };
/**
 * Points for a general situation beside a difficulty: it refines a match, but makes none by itself.
 */
const REFINING_POINTS = 0.9;
export const SETTINGS: ReadonlySet<string> = new Set([
  'work',
  'no-work',
  'student',
  'money',
  'moving',
  'young',
  'older',
  'living-alone',
]);
/** Settings that a text mentions beside its subject, such as a job; the others are a subject. */
const ASIDES: ReadonlySet<string> = new Set(
  [...SETTINGS].filter((tag) => tag !== 'no-work' && tag !== 'living-alone'),
);
const OTHER_TAG_SHARE = 0.5;
/** Weight of each further shared tag: a group about several things does not fit better. */
const FURTHER_SHARE = 0.5;
/** Points for the selected difficulty, or the one to which most phrases refer. */
const FOREMOST_POINTS = 0.4;
/** Points that a group for one walk of life loses for readers of another. */
const OTHER_LIFE_COST = 0.75;
/** Descriptions are free text, so a matching word is only a hint. */
const MOST_TEXT_POINTS = 1;
/**
 * Points for words beside a shared tag, as they are often the words from which the tag was
 * detected.
 */
const MOST_BESIDE_TAGS = 0.3;
const NEED_POINTS = 0.75;
/** Points for a community in the language of the page. */
const LANGUAGE_POINTS = 0.3;
/** Below this score a community shares no more than a word with the query, and is not suggested. */
const LEAST_SCORE = 1;
export const MOST_MATCHES = 6;
/** Share of the best score below which a community is not suggested beside the best one. */
const LEAST_SHARE = 0.5;

const FORMAT_OF_NEED = {
  listen: 'listening',
  experiences: 'experiences',
  advice: 'ideas',
} as const;
/** Minimum share of threads asking for a kind of reply for a community to meet that need. */
const USUAL_SHARE = 1 / 3;

/** Ranks the matching communities, best first. Pure. */
export function rank(communities: readonly Candidate[], query: RankingQuery): Match[] {
  const sorted = communities
    .map((community) => score(community, query))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.community.memberCount - a.community.memberCount ||
        a.community.slug.localeCompare(b.community.slug),
    );
  const matches: Match[] = [];
  for (const match of sorted) {
    const least = (matches[0]?.score ?? 0) * LEAST_SHARE;
    if (matches.length === MOST_MATCHES || match.score < least) break;
    if (!isForAnotherLife(match.community, query)) matches.push(match);
  }
  return matches;
}

/**
 * Whether name and tags say that a community is for one walk of life ("New parents", "Carers and
 * families"), and the query says nothing of one that it shares: someone burnt out by their job is
 * not helped by a group of carers.
 */
function isForAnotherLife(community: Candidate, query: RankingQuery): boolean {
  if (isOpenQuery(query)) return false;
  if (shared(community.situations, query.situations).some((tag) => !SETTINGS.has(tag)))
    return false;
  const { difficulties, situations } = understand(community.name);
  return (
    difficulties.length === 0 &&
    situations.some((tag) => !SETTINGS.has(tag) && community.situations.includes(tag))
  );
}

/** Whether the query names nothing that a community could share. */
function isOpenQuery({ hasText, difficulties, situations }: RankingQuery): boolean {
  return !hasText && difficulties.length + situations.length === 0;
}

function score(community: Candidate, query: RankingQuery): Match {
  const difficulties = shared(community.difficulties, query.difficulties);
  const situations = shared(community.situations, query.situations);
  const topic =
    difficulties.length + situations.length + community.textRank > 0
      ? topicOf(community.topics, query.words)
      : null;
  const textPoints = Math.min(
    difficulties.length + situations.length > 0 ? MOST_BESIDE_TAGS : MOST_TEXT_POINTS,
    community.textRank * 4 + (community.nameSimilarity > 0.5 ? community.nameSimilarity : 0),
  );
  const need = query.need !== null && meetsNeed(community, query.need);
  // A text that mentions a job is not about jobs.
  const isAside =
    difficulties.length === 0 &&
    situations.every((tag) => ASIDES.has(tag) && !query.chosen.includes(tag));
  const foremost = query.difficulties[0];
  const setting = foremost === undefined ? FIRST_TAG_POINTS.setting : REFINING_POINTS;
  const total =
    pointsOf(community.difficulties, difficulties, () => FIRST_TAG_POINTS.difficulty) +
    pointsOf(community.situations, isAside ? [] : situations, (tag) =>
      SETTINGS.has(tag) ? setting : FIRST_TAG_POINTS.situation,
    ) +
    (foremost !== undefined && community.difficulties[0] === foremost ? FOREMOST_POINTS : 0) +
    textPoints -
    (situations.length === 0 && isForALife(community) ? OTHER_LIFE_COST : 0);
  const reasons: Reason[] = [
    ...difficulties.map((what) => ({ kind: 'difficulty' as const, what })),
    ...situations.map((what) => ({ kind: 'situation' as const, what })),
    ...(topic === null ? [] : [{ kind: 'topic' as const, what: topic }]),
    ...(need && query.need !== null ? [{ kind: 'need' as const, what: query.need }] : []),
  ];
  if (isOpenQuery(query))
    return {
      community,
      score: need || query.need === null ? LEAST_SCORE : 0,
      reasons: need ? reasons : [{ kind: 'asked', what: '' }],
    };
  const allReasons = reasons.some(({ kind }) => kind !== 'need')
    ? reasons
    : [{ kind: 'described' as const, what: '' }, ...reasons];
  const points = total > 0 && need ? total + NEED_POINTS : total;
  const isReadable = points >= LEAST_SCORE && community.language === query.locale;
  return {
    community,
    score: isReadable ? points + LANGUAGE_POINTS : points,
    reasons: allReasons,
  };
}

function shared(own: readonly string[], asked: readonly string[]): string[] {
  return own.filter((tag) => asked.includes(tag));
}

/** A group about a single difficulty is for everybody who has it, whatever their walk of life. */
function isForALife({ difficulties, situations }: Candidate): boolean {
  return difficulties.length > 1 && situations.some((each) => !SETTINGS.has(each));
}

function pointsOf(
  own: readonly string[],
  common: readonly string[],
  whole: (tag: string) => number,
): number {
  return common
    .map((tag) => (own[0] === tag ? whole(tag) : whole(tag) * OTHER_TAG_SHARE))
    .sort((a, b) => b - a)
    .reduce((sum, each, at) => sum + (at === 0 ? each : each * FURTHER_SHARE), 0);
}

function meetsNeed(community: Candidate, need: ReplyNeed): boolean {
  return community.formats.includes(FORMAT_OF_NEED[need]) || (community[need] ?? 0) >= USUAL_SHARE;
}

/**
 * The first topic that shares a word with the query. Words of five letters or more are equal if
 * they share a prefix ("sleep", "sleeping").
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
