import type { Rule, Rules } from './rules.js';
import type { Tokens } from './token-list.js';
import type { Word } from './word.js';

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
  /** The same of any word of its clause: "wanting to die felt like the only way". */
  readonly toldAround: boolean;
  /** It is what somebody, or the illness, is said to have told the author. */
  readonly claimed: boolean;
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
/** The mark of a sentence that tells what somebody claims, for the words that it covers. */
const CLAIMED = 'claimed';
const UNTIL_NOW = new Set(['have', 'has', 'still', 'keep', 'keeps']);

/** Whether the words of a range tell of something that is over. */
function isTold({ words }: Tokens, from: number, to: number): boolean {
  let told = false;
  for (let at = from; at < to; at += 1) {
    const { text } = words[at] as Word;
    if (UNTIL_NOW.has(text)) return false;
    told ||= TOLD.has(text);
  }
  return told;
}

/** What groups and masks say of the words of a sentence. Reused for the next one. */
class Places {
  readonly subject: (Subject | null)[] = [];
  readonly negates: boolean[] = [];
  readonly doubled: boolean[] = [];
  readonly masked: boolean[] = [];
  /** The end of each phrase with a negation that negates nothing, and its start before it. */
  private readonly cleared: number[] = [];
  private start = 0;

  clear(start: number, size: number): void {
    this.start = start;
    this.cleared.length = 0;
    for (let at = 0; at < size; at += 1) {
      this.subject[at] = null;
      this.negates[at] = false;
      this.doubled[at] = false;
      this.masked[at] = false;
    }
  }

  /** Takes a group of words from one position of the text to another. */
  take(group: string, from: number, to: number): void {
    const [first, end] = [from - this.start, to - this.start];
    if (group === 'any-neg') this.negates[end - 1] = true;
    else if (group === 'not-neg') this.cleared.push(first, end);
    else if (group === 'double-neg') this.doubled.fill(true, first, end);
    else
      for (let at = first; at < end; at += 1)
        if (group !== 'me' || this.subject[at] === null) this.subject[at] = group as Subject;
  }

  /** To be called after the last group. */
  clearNegations(): void {
    for (let at = 0; at < this.cleared.length; at += 2)
      this.negates.fill(false, this.cleared[at], this.cleared[at + 1]);
  }

  mask(from: number, to: number): void {
    this.masked.fill(true, from - this.start, to - this.start);
  }

  hides(from: number, to: number): boolean {
    for (let at = from - this.start; at < to - this.start; at += 1)
      if (this.masked[at] === true) return true;
    return false;
  }
}

const places = new Places();
const NO_MARKS: ReadonlySet<string> = new Set();
const NO_HITS: readonly Hit[] = [];

/** Analyses one sentence: which rules match, about whom, and whether they are negated. */
export function analyseSentence(rules: Rules, tokens: Tokens, number: number): Sentence {
  const from = tokens.starts[number] ?? 0;
  const to = tokens.starts[number + 1] ?? from;
  places.clear(from, to - from);
  const matches = rules.matcher.sentence(tokens.numbers, from, to, (group, at, end) => {
    const name = rules.groups.get(group);
    if (name !== undefined) places.take(name, at, end);
  });
  if (matches.length === 0) return { marks: NO_MARKS, masked: false, hits: NO_HITS };
  places.clearNegations();
  const marks = new Set<string>();
  let masked = false;
  for (const { value, from: at, to: end } of matches) {
    if ('mark' in value) marks.add(value.mark);
    else if ('mask' in value) {
      places.mask(at, end);
      masked = true;
    }
  }
  const hits: Hit[] = [];
  const isClaimed = (from: number, to: number): boolean =>
    marks.has(CLAIMED) &&
    matches.some(
      (each) =>
        'mark' in each.value && each.value.mark === CLAIMED && each.from < to && from < each.to,
    );
  for (const { value, from: at, to: end } of matches)
    if ('rule' in value && !places.hides(at, end))
      hits.push(hit(value.rule, tokens, number, at, end, isClaimed(at, end)));
  if (hits.length === 0) return { marks, masked, hits: NO_HITS };
  const isCovered = (each: Hit): boolean => hits.some((other) => covers(rules, other, each));
  return {
    marks,
    masked,
    hits: hits.some(isCovered) ? hits.filter((each) => !isCovered(each)) : hits,
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

/** The range of the clause of a word, within its sentence. */
function clauseAround({ clause, words }: Tokens, start: number, at: number): [number, number] {
  let [from, to] = [at, at];
  while (from > start && clause[from - 1] === clause[at]) from -= 1;
  while (to < words.length && clause[to] === clause[at]) to += 1;
  return [from, to];
}

/** A match with whom it is about. The groups of its sentence are in `places`. */
function hit(
  rule: Rule,
  tokens: Tokens,
  sentence: number,
  from: number,
  to: number,
  claimed: boolean,
): Hit {
  const start = tokens.starts[sentence] ?? 0;
  let inside: Subject | null = null;
  for (let at = from - start; at < to - start; at += 1) {
    const each = places.subject[at] ?? null;
    if (each !== null && (inside === null || each === 'me')) inside = each;
  }
  let before: Subject | null = null;
  for (let at = from - start - 1; at >= 0 && before === null; at -= 1)
    before = places.subject[at] ?? null;
  let negators = 0;
  let doubled = false;
  const first = Math.max(start, from - REACH);
  for (let at = from - 1; at >= first && tokens.clause[at] === tokens.clause[from]; at -= 1) {
    const negates = places.negates[at - start] === true;
    if (!negates && BREAKS.has((tokens.words[at] as Word).text)) break;
    if (negates) negators += 1;
    if (places.doubled[at - start] === true) doubled = true;
  }
  const subject = inside ?? before ?? 'nobody';
  return {
    rule,
    from,
    to,
    sentence,
    subject,
    mine: subject === 'me',
    negated: negators % 2 === 1 && !doubled,
    quoted: tokens.quoted[from] === true,
    told: isTold(tokens, Math.max(start, from - TOLD_REACH), to),
    toldAround: isTold(tokens, ...clauseAround(tokens, start, from)),
    claimed,
  };
}
