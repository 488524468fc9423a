import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PhraseMatcher, type Found } from './phrase-matcher.js';
import { isDangerous } from './risk.js';
import type { Screening } from './screening.js';
import { shippedRules } from './shipped-rules.js';
import { tokenize } from './tokenize.js';

/** Something for which help comes before any results, as `rules/help-topics.json` holds it. */
export interface HelpTopic {
  /** Names the texts about it: `safety.help-first.TOPIC`. */
  readonly topic: string;
  /** Whether somebody may be in danger, so that the phone numbers are shown at once. */
  readonly danger: boolean;
  /** The topic of the helplines page that fits, if there is one. */
  readonly lines?: string;
  /** The tag under which groups and resources about it are found. */
  readonly difficulty: string | null;
  /** Choosing that tag shows the topic, as saying it does. */
  readonly chosen?: boolean;
}

interface TopicData extends HelpTopic {
  readonly patterns: readonly string[];
  /** Ordinary phrases; a pattern that overlaps one says nothing. */
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

/**
 * Words from which a text is more than a search: what its wording alone suggests counts from here
 * on.
 */
const PROSE = 6;

/**
 * The topics that a search or a sentence names, in the order of the file. Pure; screening may be
 * off.
 */
export function helpTopicsIn(text: string): HelpTopic[] {
  const tokens = tokenize(text, shippedRules.spelling);
  const named = new Set<HelpTopic>();
  for (const [number] of tokens.asks.entries()) {
    const [from, to] = [tokens.starts[number] ?? 0, tokens.starts[number + 1] ?? 0];
    const found = matcher.sentence(tokens.words, from, to);
    const ordinary = found.filter(({ value }) => value.ordinary);
    for (const each of found)
      if (!each.value.ordinary && !ordinary.some((other) => overlap(each, other)))
        named.add(each.value.topic);
  }
  return entries.flatMap(([, { topic }]) => (named.delete(topic) ? [topic] : []));
}

function overlap(a: Found<Entry>, b: Found<Entry>): boolean {
  return a.value.topic === b.value.topic && a.from < b.to && b.from < a.to;
}

/**
 * What help comes before the results for these words; null for none. The rules were made for what
 * people write; a word or two, as people look for, has no wording to speak of ("night" alone is
 * nobody's cry), so that there only what a rule names counts.
 */
export function helpFirst(text: string, screening: Screening): HelpTopic | null {
  if (text === '') return null;
  const [topic] = helpTopicsIn(text);
  if (topic?.danger === true) return topic;
  return soundsDangerous(text, screening) ? DANGER : (topic ?? null);
}

function soundsDangerous(text: string, screening: Screening): boolean {
  const { tier, signals, unscreened } = screening.screen(text);
  if (unscreened !== null || !isDangerous(tier)) return false;
  return text.split(/\s+/).length >= PROSE || signals.some(({ rule }) => !/^wording\./.test(rule));
}

/** The topic about a tag of groups: whoever chooses the tag is shown the same help. */
export function helpTopicOf(difficulty: string): HelpTopic | null {
  return topics.find((each) => each.chosen === true && each.difficulty === difficulty) ?? null;
}
