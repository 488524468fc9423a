import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LONGEST_PHRASED, topicsInOtherLanguages } from './help-phrases.js';
import { isForeign } from './language.js';
import { PhraseMatcher, type Found } from './phrase-matcher.js';
import { isDangerous } from './risk.js';
import type { Screened, Screening } from './screening.js';
import { shippedRules } from './shipped-rules.js';
import type { Tokens } from './token-list.js';
import { tokenize } from './tokenize.js';
import { writtenSentences } from './written-words.js';

/** A topic for which help is shown above search results, as defined in `rules/help-topics.json`. */
export interface HelpTopic {
  /** Identifies its messages: `safety.help-first.TOPIC`. */
  readonly topic: string;
  /** Whether somebody may be in danger, so that phone numbers are shown at once. */
  readonly danger: boolean;
  /** The matching topic of the helplines page, if there is one. */
  readonly lines?: string;
  /** The tag of related groups and resources. */
  readonly difficulty: string | null;
  /** Selecting that tag shows the topic, just as searching for it does. */
  readonly chosen?: boolean;
}

interface TopicData extends HelpTopic {
  /** Words for the subject, which say nothing of whom it concerns. */
  readonly mentions: readonly string[];
  readonly patterns: readonly string[];
  /** Everyday phrases; a match that overlaps one is ignored. */
  readonly except: readonly string[];
}

interface Entry {
  readonly topic: HelpTopic;
  /** What a match of the topic is; `ordinary` resembles one. */
  readonly kind: 'said' | 'mentioned' | 'ordinary';
}

interface TopicsFile {
  groups: Record<string, string[]>;
  /** Phrases of thoughts that frighten those who have them, and of what they do about them. */
  intrusive: string[];
  topics: TopicData[];
}

const { groups, intrusive, topics } = JSON.parse(
  readFileSync(fileURLToPath(new URL('./rules/help-topics.json', import.meta.url)), 'utf8'),
) as TopicsFile;

/** A fear of having hurt somebody, or of doing so, which the screening may take for a threat. */
const INTRUSIVE: HelpTopic = { topic: 'intrusive', danger: false, difficulty: null };

const entries = topics.flatMap(
  ({ mentions, patterns, except, ...topic }) =>
    [
      ...entriesOf(mentions, { topic, kind: 'mentioned' }),
      ...entriesOf(patterns, { topic, kind: 'said' }),
      ...entriesOf(except, { topic, kind: 'ordinary' }),
    ] as const,
);

const byName = new Map(entries.map(([, { topic }]) => [topic.topic, topic]));

function entriesOf(patterns: readonly string[], entry: Entry): [pattern: string, entry: Entry][] {
  return patterns.map((pattern) => [shippedRules.spell(pattern), entry]);
}

const matcher = new PhraseMatcher<Entry>(
  Object.fromEntries(
    Object.entries(groups).map(([name, list]) => [name, list.map(shippedRules.spell)]),
  ),
  [],
  [...entries, ...entriesOf(intrusive, { topic: INTRUSIVE, kind: 'said' })],
);

/** Somebody may be in danger, in words that no topic lists. */
const DANGER: HelpTopic = { topic: 'danger', danger: true, difficulty: null };

/** Somebody fears their own thoughts, so that help is offered without phone numbers. */
const HARD: HelpTopic = { topic: 'hard', danger: false, difficulty: null };

/** Minimum word count from which a text is more than a search, so that the classifier counts. */
const PROSE = 6;

/** Slang of up to this many letters is a common word elsewhere: "od", "mia". */
const LONGEST_SLANG = 3;
/** In fewer words nothing tells which of them it is. */
const LEAST_WORDS = 3;

interface NamedTopic {
  topic: HelpTopic;
  /** Whether the text only contains a word for it. */
  isMentioned: boolean;
}

/**
 * The topics that a search or sentence names, in file order. Pure, and independent of whether
 * screening is on.
 */
export function helpTopicsIn(text: string): HelpTopic[] {
  return readTopics(text).named.map(({ topic }) => topic);
}

/** Whether a short text tells, in a language other than English, that somebody may be in danger. */
export function namesDangerInOtherLanguages(text: string): boolean {
  if (text.length > LONGEST_PHRASED) return false;
  return [...topicsInOtherLanguages(withoutOrdinary(text))].some(
    (topic) => byName.get(topic)?.danger === true,
  );
}

function withoutOrdinary(text: string): string {
  const sentences = writtenSentences(text, shippedRules.vocabulary);
  return shippedRules.otherLanguages.withoutOrdinary(sentences, text);
}

function readTopics(written: string): { named: NamedTopic[]; isIntrusive: boolean } {
  const text = withoutOrdinary(written);
  const tokens = tokenize(text, shippedRules.spelling);
  const isSlang = (each: Found<Entry>): boolean =>
    each.to - each.from === 1 &&
    (tokens.to[each.from] ?? 0) - (tokens.from[each.from] ?? 0) <= LONGEST_SLANG &&
    isInAnotherLanguage(written, tokens, each.from);
  const numbers = matcher.numbers(tokens.words.map((word) => word.text));
  const found: Entry[] = [];
  for (const [number] of tokens.asks.entries()) {
    const [from, to] = [tokens.starts[number] ?? 0, tokens.starts[number + 1] ?? 0];
    const matches = matcher.sentence(numbers, from, to);
    const ordinary = matches.filter(({ value }) => value.kind === 'ordinary');
    for (const each of matches)
      if (
        each.value.kind !== 'ordinary' &&
        !ordinary.some((other) => overlap(each, other)) &&
        !isSlang(each)
      )
        found.push(each.value);
  }
  const elsewhere = topicsInOtherLanguages(text);
  const named = topics.flatMap(({ topic: name }) => {
    const own = found.filter(({ topic }) => topic.topic === name);
    const isSaid = elsewhere.has(name) || own.some(({ kind }) => kind === 'said');
    const topic = byName.get(name);
    if (topic === undefined || (own.length === 0 && !isSaid)) return [];
    return [{ topic, isMentioned: !isSaid }];
  });
  return { named, isIntrusive: found.some(({ topic }) => topic === INTRUSIVE) };
}

/** @param at index of a word that is no evidence itself */
function isInAnotherLanguage(text: string, tokens: Tokens, at: number): boolean {
  if (tokens.words.length < LEAST_WORDS) return false;
  const sentences = writtenSentences(text, shippedRules.vocabulary);
  const evidence = sentences.flatMap(({ words }) =>
    words.flatMap(({ form, from }) => (from === tokens.from[at] ? [] : [form.evidence])),
  );
  return (
    (!evidence.includes('english') && evidence.some((each) => each !== 'shared')) ||
    isForeign(text, sentences, tokens, shippedRules.vocabulary)
  );
}

function overlap(a: Found<Entry>, b: Found<Entry>): boolean {
  return a.value.topic === b.value.topic && a.from < b.to && b.from < a.to;
}

/**
 * The help topic to show above search results; null if there is none. The classifier was trained on
 * posts: one or two search words are too little for it ("night" alone is nobody's cry for help), so
 * only rule matches count there. In a longer text it may doubt that a mere word for a topic concerns
 * the writer ("we talked about suicide prevention at work"): then phone numbers are one press away,
 * as they are if somebody fears their own thoughts.
 */
export function helpFirst(text: string, screening: Screening): HelpTopic | null {
  if (text === '') return null;
  const { named, isIntrusive } = readTopics(text);
  const isProse = text.split(/\s+/).length >= PROSE;
  const danger = named.find(({ topic }) => topic.danger);
  if (danger !== undefined && !(danger.isMentioned && isProse)) return danger.topic;
  const screened = screening.screen(text);
  if (danger !== undefined)
    return screened.tier === 'none' ? { ...danger.topic, danger: false } : danger.topic;
  if (!isIntrusive && isDanger(screened, isProse)) return DANGER;
  return named[0]?.topic ?? (isProse && isDangerous(screened.tier) ? HARD : null);
}

function isDanger({ tier, signals, unscreened }: Screened, isProse: boolean): boolean {
  if (unscreened !== null || !isDangerous(tier)) return false;
  return isProse || signals.some(({ rule }) => !/^wording\./.test(rule));
}

/** The help topic for a group tag, so that selecting the tag shows the same help. */
export function helpTopicOf(difficulty: string): HelpTopic | null {
  return topics.find((each) => each.chosen === true && each.difficulty === difficulty) ?? null;
}
