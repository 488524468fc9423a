import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eachFeature } from './features.js';
import type { Sentence } from './sentence-analysis.js';
import type { Tier } from './risk.js';
import type { Tokens } from './tokenize.js';
import type { WeighedHit } from './severity.js';

/** Three sentences are read together: more would thin out the one that matters. */
export const WINDOW = 3;
/** The squared rarity of a few plain sentences: fewer words than that say less. */
export const FEW_WORDS = 1500;
const SHOWN = 3;
const WHY = {
  watch: 'worded like posts that were hard for their author',
  urgent: 'worded like posts that had to be read soon',
  crisis: 'worded like posts that had to be read at once',
} as const;

const FILE = fileURLToPath(new URL('./rules/wording.json', import.meta.url));

/** A word's rarity, and what it says for watch, urgent and crisis against none. */
export type Weights = readonly [rarity: number, watch: number, urgent: number, crisis: number];

/**
 * What words, pairs of words, marks and rules of a post say together; learnt from labelled lines.
 * Numbers stand in rows, so that reading makes no object a word.
 */
export interface TextClassifier {
  readonly bias: readonly number[];
  /** The row of a feature. */
  readonly rows: ReadonlyMap<string, number>;
  /** Squared rarity, then what it says for watch, urgent and crisis, weighted by its rarity. */
  readonly numbers: Float64Array;
}

/** As the file of weights holds it: for each feature its rarity and weights, in hundredths. */
export interface WeightsFile {
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, string>>;
}

/** Reads `rules/wording.json`, or the weights given. */
export function loadClassifier(
  { bias, weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile,
): TextClassifier {
  const entries = Object.entries(weights);
  const numbers = new Float64Array(entries.length * 4);
  entries.forEach(([, list], row) => {
    const [rarity = 0, ...says] = list.split(' ').map((each) => Number(each) / 100);
    numbers.set([rarity * rarity, ...says.map((each) => each * rarity)], row * 4);
  });
  return { bias, rows: new Map(entries.map(([feature], row) => [feature, row])), numbers };
}

export type Probabilities = readonly [none: number, watch: number, urgent: number, crisis: number];

const NOTHING: Probabilities = [1, 0, 0, 0];

/** A stretch of sentences: their features, each once. */
interface Window {
  readonly likely: Probabilities;
  readonly first: number;
  readonly size: number;
  readonly eased: boolean;
}

/**
 * From `high` on a window is urgent or crisis; below, it is watch where none is less likely than
 * `none`. Set on lines that had not been learnt. Where a rule heard what was said and found it
 * denied, past, played or a figure of speech, the words have to say much more.
 */
const THRESHOLDS = { plain: { high: 0.4, none: 0.7 }, eased: { high: 0.9, none: 0.2 } } as const;
const CRISIS = 0.9;
/** A window of fewer words that were ever learnt says nothing. */
const FEWEST = 3;

/**
 * A long post has many windows, and so more chances that one of them sounds grave by accident: each
 * sentence after the third asks for a little more.
 */
const MORE = 0.05;
const MOST_ASKED = { high: 0.8, none: 0.3 } as const;

function thresholds(eased: boolean, sentences: number): { high: number; none: number } {
  if (eased) return THRESHOLDS.eased;
  const more = MORE * Math.max(0, sentences - WINDOW);
  return {
    high: Math.min(MOST_ASKED.high, THRESHOLDS.plain.high + more),
    none: Math.max(MOST_ASKED.none, THRESHOLDS.plain.none - more),
  };
}

function tierOf({ likely: [none, , urgent, crisis], eased }: Window, sentences: number): Tier {
  const { high, none: ordinary } = thresholds(eased, sentences);
  if (urgent + crisis > high) return crisis > urgent * CRISIS ? 'crisis' : 'urgent';
  return none < ordinary ? 'watch' : 'none';
}

/** The window that says most, and the words in it that weigh most. */
export interface Prediction {
  readonly tier: Tier;
  readonly likely: Probabilities;
  readonly weighed: readonly WeighedHit[];
  /** Fewer words than a post of a few sentences: each of them decides much. */
  readonly short: boolean;
}

/** Words of a short text. */
const SHORT = 35;

const RANK: Readonly<Record<Tier, 0 | 1 | 2 | 3>> = { none: 0, watch: 1, urgent: 2, crisis: 3 };

/** The features of a text that were ever learnt, and where each stands. */
interface Known {
  readonly rows: number[];
  readonly places: number[];
  readonly names: string[];
  /** Where each sentence begins in the lists, and one past the last. */
  readonly starts: number[];
}

function knownOf(
  { rows }: TextClassifier,
  tokens: Tokens,
  sentences: readonly Sentence[],
  heard: readonly ReadonlySet<string>[],
  reply: boolean,
): Known {
  const known: Known = { rows: [], places: [], names: [], starts: [0] };
  const take = (feature: string, at: number): void => {
    const row = rows.get(feature);
    if (row === undefined) return;
    known.rows.push(row);
    known.places.push(at);
    known.names.push(feature);
  };
  sentences.forEach((sentence, number) => {
    eachFeature(tokens, sentence, number, reply, take);
    for (const feature of heard[number] ?? []) take(feature, -1);
    known.starts.push(known.rows.length);
  });
  return known;
}

/** Reads windows of one text after another; a feature counts once in each. */
class Windows {
  private readonly wording: TextClassifier;
  private readonly known: Known;
  private readonly heard: readonly ReadonlySet<string>[];
  private readonly eased: ReadonlySet<number>;
  private readonly counted: Int32Array;
  private number = 0;

  constructor(
    wording: TextClassifier,
    known: Known,
    heard: readonly ReadonlySet<string>[],
    eased: ReadonlySet<number>,
  ) {
    this.wording = wording;
    this.known = known;
    this.heard = heard;
    this.eased = eased;
    this.counted = new Int32Array(wording.rows.size);
  }

  read(first: number, size: number): Window {
    const { numbers, bias } = this.wording;
    const { rows, places, starts } = this.known;
    const end = Math.min(starts.length - 1, first + size);
    this.number += 1;
    let [words, length, watch, urgent, crisis] = [0, 0, 0, 0, 0];
    for (let at = starts[first] ?? 0; at < (starts[end] ?? 0); at += 1) {
      const row = rows[at] ?? 0;
      if (this.counted[row] === this.number) continue;
      this.counted[row] = this.number;
      if ((places[at] ?? -1) >= 0) words += 1;
      length += numbers[row * 4] ?? 0;
      watch += numbers[row * 4 + 1] ?? 0;
      urgent += numbers[row * 4 + 2] ?? 0;
      crisis += numbers[row * 4 + 3] ?? 0;
    }
    let [rule, eased] = [false, false];
    for (let number = first; number < end; number += 1) {
      rule ||= (this.heard[number]?.size ?? 0) > 0;
      eased ||= this.eased.has(number);
    }
    const each = 1 / Math.sqrt(Math.max(FEW_WORDS, length));
    const says = words >= FEWEST || rule;
    return {
      first,
      size,
      eased: eased && !rule,
      likely: says ? shares(bias, [watch * each, urgent * each, crisis * each]) : NOTHING,
    };
  }
}

/** Rare words say more than common ones, and a long window no more than a short one. */
function shares(bias: readonly number[], sums: readonly [number, number, number]): Probabilities {
  const [watch, urgent, crisis] = sums.map((sum, at) => Math.exp((bias[at] ?? 0) + sum)) as [
    number,
    number,
    number,
  ];
  const whole = 1 + watch + urgent + crisis;
  return [1 / whole, watch / whole, urgent / whole, crisis / whole];
}

/** The words of the window that weigh most for its tier. */
function shown(
  { numbers }: TextClassifier,
  { rows, places, names, starts }: Known,
  { first, size }: Window,
  tier: Tier,
): WeighedHit[] {
  if (tier === 'none') return [];
  const from = starts[first] ?? 0;
  const to = starts[Math.min(starts.length - 1, first + size)] ?? 0;
  const says = (at: number): number => numbers[(rows[at] ?? 0) * 4 + RANK[tier]] ?? 0;
  return Array.from({ length: to - from }, (_, n) => from + n)
    .filter((at) => (places[at] ?? -1) >= 0 && says(at) > 0)
    .sort((a, b) => says(b) - says(a))
    .slice(0, SHOWN)
    .map((at) => {
      const [name, place] = [names[at] ?? '', places[at] ?? 0];
      const edge = name.startsWith('^') || name.endsWith('$');
      const size = edge ? 1 : name.split(' ').length;
      return {
        tier,
        rule: `wording.${tier}`,
        why: WHY[tier],
        from: place + 1 - size,
        to: place + 1,
      };
    });
}

/**
 * Reads the text a window at a time; the gravest window counts. A sentence that a rule heard is
 * read by itself too, so that its neighbours do not thin it out.
 * @param heard what the rules said, by sentence
 * @param eased sentences that a rule heard and found not meant
 * @param reply whether the text answers another
 */
export function classify(
  wording: TextClassifier,
  tokens: Tokens,
  sentences: readonly Sentence[],
  heard: readonly ReadonlySet<string>[],
  eased: ReadonlySet<number>,
  reply: boolean,
): Prediction {
  const known = knownOf(wording, tokens, sentences, heard, reply);
  const windows = new Windows(wording, known, heard, eased);
  const grave = (window: Window): number =>
    RANK[tierOf(window, sentences.length)] + window.likely[2] + window.likely[3];
  let most: Window = { likely: NOTHING, first: 0, size: 0, eased: false };
  const look = (first: number, size: number): void => {
    const window = windows.read(first, size);
    if (grave(window) > grave(most)) most = window;
  };
  for (let first = 0; first < sentences.length; first += 1) {
    if (first === 0 || first <= sentences.length - WINDOW) look(first, WINDOW);
    if (sentences.length > 1 && (heard[first]?.size ?? 0) > 0) look(first, 1);
  }
  const tier = tierOf(most, sentences.length);
  const short = tokens.words.length < SHORT;
  return { tier, likely: most.likely, weighed: shown(wording, known, most, tier), short };
}
