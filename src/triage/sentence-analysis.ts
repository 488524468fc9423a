import type { Entry, Rule, Rules } from './rules.js';
import type { Tokens } from './tokenize.js';

/** The person a phrase is about. */
export type Subject = 'me' | 'other' | 'you' | 'figure' | 'nobody';

export interface Hit {
  readonly rule: Rule;
  readonly from: number;
  readonly to: number;
  readonly sentence: number;
  readonly subject: Subject;
  /** The first person occurs in the phrase or before it in the sentence. */
  readonly mine: boolean;
  readonly negated: boolean;
  readonly quoted: boolean;
  /**
   * A verb of the past stands in the phrase or just before it ("he said he wanted to"), and none
   * that reaches until now ("I have wanted to").
   */
  readonly told: boolean;
}

export interface Sentence {
  readonly marks: ReadonlySet<string>;
  readonly hits: readonly Hit[];
  /** It contains a figure of speech. */
  readonly masked: boolean;
}

const REACH = 5;
/** A negation before one of these words does not apply to what follows. */
const BREAKS = new Set([
  'if',
  'when',
  'since',
  'until',
  'whether',
  'who',
  'what',
  'how',
  'and',
  'or',
]);

/** Verbs of the past, and how many words before a phrase one may stand. */
const TOLD = new Set(
  (
    'was were had did wanted wished thought felt tried hoped said told asked meant planned decided ' +
    'prayed threatened attempted used'
  ).split(' '),
);
const TOLD_REACH = 2;
const UNTIL_NOW = new Set(['have', 'has', 'still', 'keep', 'keeps']);

function isTold(words: readonly string[]): boolean {
  return words.some((word) => TOLD.has(word)) && !words.some((word) => UNTIL_NOW.has(word));
}

interface Places {
  readonly subject: (Subject | null)[];
  readonly negates: boolean[];
  readonly doubled: boolean[];
}

/** Analyses one sentence: which rules match, about whom, and whether they are negated. */
export function analyseSentence(rules: Rules, tokens: Tokens, number: number): Sentence {
  const from = tokens.starts[number] ?? 0;
  const to = tokens.starts[number + 1] ?? from;
  const size = to - from;
  const places: Places = {
    subject: new Array<Subject | null>(size).fill(null),
    negates: new Array<boolean>(size).fill(false),
    doubled: new Array<boolean>(size).fill(false),
  };
  const cleared: [number, number][] = [];
  const matches = rules.matcher.sentence(tokens.words, from, to, (group, at, end) => {
    const name = rules.groups.get(group);
    if (name === undefined) return;
    if (name === 'any-neg') places.negates[end - 1 - from] = true;
    else if (name === 'not-neg') cleared.push([at - from, end - from]);
    else if (name === 'double-neg')
      for (let n = at - from; n < end - from; n += 1) places.doubled[n] = true;
    else
      for (let n = at - from; n < end - from; n += 1)
        if (name !== 'me' || places.subject[n] === null) places.subject[n] = name as Subject;
  });
  for (const [at, end] of cleared) for (let n = at; n < end; n += 1) places.negates[n] = false;
  const marks = new Set<string>();
  const masked = new Array<boolean>(size).fill(false);
  for (const { value, from: at, to: end } of matches) {
    if ('mark' in value) marks.add(value.mark);
    else if ('mask' in value) for (let n = at; n < end; n += 1) masked[n - from] = true;
  }
  const hits: Hit[] = [];
  for (const { value, from: at, to: end } of matches) {
    if (!('rule' in value) || hides(masked, at - from, end - from)) continue;
    hits.push(hit(value, tokens, number, from, at, end, places));
  }
  return {
    marks,
    masked: masked.includes(true),
    hits: hits.filter((each) => !hits.some((other) => covers(rules, other, each))),
  };
}

function covers(rules: Rules, outer: Hit, inner: Hit): boolean {
  return (
    outer !== inner &&
    outer.from <= inner.from &&
    outer.to >= inner.to &&
    rules.kinds[outer.rule.kind]?.covers?.includes(inner.rule.kind) === true
  );
}

function hides(masked: readonly boolean[], at: number, end: number): boolean {
  for (let n = at; n < end; n += 1) if (masked[n] === true) return true;
  return false;
}

function hit(
  { rule }: Extract<Entry, { rule: Rule }>,
  tokens: Tokens,
  sentence: number,
  start: number,
  at: number,
  end: number,
  places: Places,
): Hit {
  let inside: Subject | null = null;
  for (let n = at - start; n < end - start; n += 1) {
    const each = places.subject[n] ?? null;
    if (each !== null && (inside === null || each === 'me')) inside = each;
  }
  let before: Subject | null = null;
  for (let n = at - start - 1; n >= 0 && before === null; n -= 1)
    before = places.subject[n] ?? null;
  let negators = 0;
  let doubled = false;
  for (
    let n = at - start - 1;
    n >= 0 && n >= at - start - REACH && tokens.clause[start + n] === tokens.clause[at];
    n -= 1
  ) {
    if (BREAKS.has(tokens.words[start + n] ?? '') && !(places.negates[n] === true)) break;
    if (places.negates[n] === true) negators += 1;
    if (places.doubled[n] === true) doubled = true;
  }
  const subject = inside ?? before ?? 'nobody';
  return {
    rule,
    from: at,
    to: end,
    sentence,
    subject,
    mine: subject === 'me',
    negated: negators % 2 === 1 && !doubled,
    quoted: tokens.quoted[at] === true,
    told: isTold(tokens.words.slice(Math.max(start, at - TOLD_REACH), end)),
  };
}
