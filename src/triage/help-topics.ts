import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PhraseMatcher, type Found } from './phrase-matcher.js';
import { isDangerous } from './risk.js';
import type { Screening } from './screening.js';
import { shippedRules } from './shipped-rules.js';
import { tokenize } from './tokenize.js';

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
  readonly patterns: readonly string[];
  /** Everyday phrases; a match that overlaps one is ignored. */
  readonly except: readonly string[];
}

type Entry = { readonly topic: HelpTopic; readonly ordinary: boolean };

const { groups, topics } = JSON.parse(
  readFileSync(fileURLToPath(new URL('./rules/help-topics.json', import.meta.url)), 'utf8'),
) as { groups: Record<string, string[]>; topics: TopicData[] };

const entries = topics.flatMap(({ patterns, except, ...topic }) => {
  const [named, ordinary]: [Entry, Entry] = [
    { topic, ordinary: false },
    { topic, ordinary: true },
  ];
  return [
    ...patterns.map(shippedRules.spell).map((pattern) => [pattern, named] as const),
    ...except.map(shippedRules.spell).map((pattern) => [pattern, ordinary] as const),
  ];
});

const matcher = new PhraseMatcher<Entry>(
  Object.fromEntries(
    Object.entries(groups).map(([name, list]) => [name, list.map(shippedRules.spell)]),
  ),
  [],
  entries,
);

/** Somebody may be in danger, in words that no topic lists. */
const DANGER: HelpTopic = { topic: 'danger', danger: true, difficulty: null };

/** Minimum word count from which a text is more than a search, so that the classifier counts. */
const PROSE = 6;

/**
 * The topics that a search or sentence names, in file order. Pure, and independent of whether
 * screening is on.
 */
export function helpTopicsIn(text: string): HelpTopic[] {
  const tokens = tokenize(text, shippedRules.spelling);
  const named = new Set<HelpTopic>();
  for (const [number] of tokens.asks.entries()) {
    const [from, to] = [tokens.starts[number] ?? 0, tokens.starts[number + 1] ?? 0];
    const matches = matcher.sentence(tokens.words, from, to);
    const ordinary = matches.filter(({ value }) => value.ordinary);
    for (const each of matches)
      if (!each.value.ordinary && !ordinary.some((other) => overlap(each, other)))
        named.add(each.value.topic);
  }
  return entries.flatMap(([, { topic }]) => (named.delete(topic) ? [topic] : []));
}

function overlap(a: Found<Entry>, b: Found<Entry>): boolean {
  return a.value.topic === b.value.topic && a.from < b.to && b.from < a.to;
}

/**
 * The help topic to show above search results; null if there is none. The classifier was trained on
 * posts: one or two search words are too little for it ("night" alone is nobody's cry for help), so
 * only rule matches count there.
 */
export function helpFirst(text: string, screening: Screening): HelpTopic | null {
  if (text === '') return null;
  const [topic] = helpTopicsIn(text);
  if (topic?.danger === true) return topic;
  return isClassifiedAsDanger(text, screening) ? DANGER : (topic ?? null);
}

function isClassifiedAsDanger(text: string, screening: Screening): boolean {
  const { tier, signals, unscreened } = screening.screen(text);
  if (unscreened !== null || !isDangerous(tier)) return false;
  return text.split(/\s+/).length >= PROSE || signals.some(({ rule }) => !/^wording\./.test(rule));
}

/** The help topic for a group tag, so that selecting the tag shows the same help. */
export function helpTopicOf(difficulty: string): HelpTopic | null {
  return topics.find((each) => each.chosen === true && each.difficulty === difficulty) ?? null;
}
