import { add, bitOf, groupsOf, Lexicon, node, type Node, type Shared } from './phrase-trie.js';
import { SentenceKeys } from './sentence-keys.js';

export interface Found<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

interface Level {
  readonly root: Node;
  readonly start: Node;
  /** The successors of the root by word or group: there are too many of them for its bits. */
  firsts: readonly (readonly Node[] | undefined)[];
}

const STOPS = ['not', 'never', 'no', 'nobody', 'nothing'];
const MOST_FILLERS = 2;
const NO_NODES: readonly Node[] = [];

const level = (): Level => ({ root: node(), start: node(), firsts: [] });

/**
 * Matches the patterns of groups and rules against the words of a sentence. Fillers may stand
 * between the words of a pattern; no gap spans a stop.
 */
export class PhraseMatcher<T> {
  readonly lexicon = new Lexicon();
  private readonly levels: Level[] = [];
  private readonly rules = level();
  private readonly values: T[];
  /** By the number of a word. */
  private readonly stops: readonly boolean[];
  private readonly fillers: readonly boolean[];
  private readonly keys = new SentenceKeys();
  /** What the walks from one position have found: values and where each ends. */
  private readonly found: number[] = [];
  private readonly ends: number[] = [];
  private count = 0;
  /** Matching steps since construction: a deterministic measure of work. */
  steps = 0;

  constructor(
    groups: Readonly<Record<string, readonly string[]>>,
    fillers: readonly string[],
    rules: Iterable<readonly [pattern: string, value: T]>,
    stops: readonly string[] = STOPS,
  ) {
    const depth = new Map<string, number>();
    const depthOf = (name: string, trail: readonly string[]): number => {
      const patterns = groups[name];
      if (patterns === undefined) throw new Error(`no group <${name}>`);
      if (trail.includes(name))
        throw new Error(`groups name each other in a circle: ${[...trail, name].join(' > ')}`);
      const known = depth.get(name);
      if (known !== undefined) return known;
      const found =
        1 +
        Math.max(-1, ...patterns.flatMap(groupsOf).map((each) => depthOf(each, [...trail, name])));
      depth.set(name, found);
      return found;
    };
    const shared: Shared = new Map();
    for (const [name, patterns] of Object.entries(groups)) {
      const at = depthOf(name, []);
      while (this.levels.length <= at) this.levels.push(level());
      const { root, start } = this.levels[at] as Level;
      for (const pattern of patterns)
        add({ root, start, shared }, pattern, this.lexicon.number(`<${name}>`), this.lexicon);
    }
    const trie = { ...this.rules, shared: new Map() satisfies Shared };
    const numbers = new Map<T, number>();
    for (const [pattern, value] of rules) {
      for (const name of groupsOf(pattern)) depthOf(name, []);
      const number = numbers.get(value) ?? numbers.size;
      numbers.set(value, number);
      add(trie, pattern, number, this.lexicon);
    }
    this.values = [...numbers.keys()];
    const marked = (words: readonly string[]): boolean[] => {
      const own = new Set(words.map((word) => this.lexicon.number(word)));
      return Array.from({ length: this.lexicon.size + 1 }, (_, number) => own.has(number));
    };
    for (const each of [...this.levels, this.rules])
      each.firsts = Array.from({ length: this.lexicon.size + 1 }, (_, number) =>
        each.root.next?.get(number),
      );
    this.stops = marked(stops);
    this.fillers = marked(fillers);
  }

  /**
   * Matches the words from `from` to `to`. Returns the longest match for each rule and start, and
   * the positions of each group.
   */
  sentence(
    words: readonly string[],
    from: number,
    to: number,
    group?: (number: number, at: number, end: number) => void,
  ): Found<T>[] {
    const { keys, lexicon, levels } = this;
    const matches: Found<T>[] = [];
    keys.clear(to - from);
    // From the end, as a group or rule at a position may contain groups at the ones after it.
    for (let pos = to - from - 1; pos >= 0; pos -= 1) {
      keys.begin(pos, lexicon.known(words[from + pos] ?? ''));
      for (const each of levels) {
        this.walkFrom(each, pos);
        for (let n = 0; n < this.count; n += 1) {
          const [value, end] = [this.found[n] as number, this.ends[n] as number];
          if (keys.add(pos, value, end)) group?.(value, from + pos, from + end);
        }
      }
      this.walkFrom(this.rules, pos);
      this.takeLongest(from, pos, matches);
    }
    return matches.reverse();
  }

  /** Adds the longest match of each rule that begins at a position, in the order of discovery. */
  private takeLongest(from: number, pos: number, matches: Found<T>[]): void {
    const { found, ends, count } = this;
    for (let n = 0; n < count; n += 1) {
      const value = found[n] as number;
      let [end, isFirst] = [ends[n] as number, true];
      for (let other = 0; other < count; other += 1) {
        if (found[other] !== value) continue;
        if (other < n) isFirst = false;
        end = Math.max(end, ends[other] as number);
      }
      if (isFirst)
        matches.push({ value: this.values[value] as T, from: from + pos, to: from + end });
    }
  }

  /**
   * Collects everything in a level that begins at a position. It skips no fillers before the first
   * word, and no pattern begins with a gap, which would match anything.
   */
  private walkFrom({ root, start, firsts }: Level, pos: number): void {
    const { keys } = this;
    this.count = 0;
    const last = keys.last(pos);
    for (let n = keys.first(pos); n < last; n += 1)
      for (const child of firsts[keys.key(n)] ?? NO_NODES) this.walk(child, keys.end(n), 0);
    if (root.any !== null) this.walk(root.any, pos + 1, 0);
    if (pos > 0) return;
    this.walkKeys(start, 0);
    if (start.any !== null) this.walk(start.any, 1, 0);
  }

  private walk(at: Node, pos: number, skipped: number): void {
    const { keys } = this;
    this.steps += 1;
    this.take(at.found, pos);
    if (pos === keys.size) {
      this.take(at.foundAtEnd, pos);
      return;
    }
    this.walkKeys(at, pos);
    if (at.any !== null) this.walk(at.any, pos + 1, 0);
    for (const { most, node: child } of at.gaps) {
      // A gap never spans a stop, such as a negation, which would invert what follows.
      for (let n = 0; n <= most && pos + n < keys.size; n += 1) {
        if (n > 0 && this.stops[keys.word(pos + n - 1)] === true) break;
        this.walk(child, pos + n, 0);
      }
    }
    if (skipped < MOST_FILLERS && this.fillers[keys.word(pos)] === true)
      this.walk(at, pos + 1, skipped + 1);
  }

  /** Follows every word and group that begins at a position. */
  private walkKeys({ next, bits }: Node, pos: number): void {
    const { keys } = this;
    if (next === null || (bits & keys.bits(pos)) === 0) return;
    const last = keys.last(pos);
    for (let n = keys.first(pos); n < last; n += 1) {
      const key = keys.key(n);
      const children = (bits & bitOf(key)) === 0 ? undefined : next.get(key);
      if (children === undefined) continue;
      const end = keys.end(n);
      for (const child of children) this.walk(child, end, 0);
    }
  }

  private take(values: readonly number[], end: number): void {
    for (let n = 0; n < values.length; n += 1) {
      this.found[this.count] = values[n] as number;
      this.ends[this.count] = end;
      this.count += 1;
    }
  }
}
