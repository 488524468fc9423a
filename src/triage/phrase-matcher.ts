import { CompiledTrie, NONE } from './compiled-trie.js';
import { add, FREE_BIT, groupsOf, Lexicon, node, type Node, type Shared } from './phrase-trie.js';
import { SentenceKeys } from './sentence-keys.js';

export interface Found<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

/** Where the patterns of a level begin: anywhere, or only at the start of a sentence. */
interface Level {
  readonly root: Node;
  readonly start: Node;
}

const STOPS = ['not', 'never', 'no', 'nobody', 'nothing'];
const MOST_FILLERS = 2;

const level = (): Level => ({ root: node(), start: node() });

/**
 * Matches the patterns of groups and rules against the words of a sentence. Fillers may stand
 * between the words of a pattern; no gap spans a stop.
 */
export class PhraseMatcher<T> {
  readonly lexicon = new Lexicon();
  /** The nodes of each level of groups and, last, of the rules: twice its number, its root. */
  private readonly trie: CompiledTrie;
  private readonly levels: number;
  private readonly values: T[];
  /** By the number of a word: 1 if it is one. */
  private readonly stops: Uint8Array;
  private readonly fillers: Uint8Array;
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
    const levels: Level[] = [];
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
      while (levels.length <= at) levels.push(level());
      const { root, start } = levels[at] as Level;
      for (const pattern of patterns)
        add({ root, start, shared }, pattern, this.lexicon.number(`<${name}>`), this.lexicon);
    }
    const top = { ...level(), shared: new Map() satisfies Shared };
    const numbers = new Map<T, number>();
    for (const [pattern, value] of rules) {
      for (const name of groupsOf(pattern)) depthOf(name, []);
      const number = numbers.get(value) ?? numbers.size;
      numbers.set(value, number);
      add(top, pattern, number, this.lexicon);
    }
    this.values = [...numbers.keys()];
    this.levels = levels.length;
    this.trie = CompiledTrie.of([...levels, top].flatMap(({ root, start }) => [root, start]));
    const marked = (words: readonly string[]): number[] =>
      words.map((word) => this.lexicon.number(word));
    const [stopped, filled] = [marked(stops), marked(fillers)];
    this.stops = new Uint8Array(this.lexicon.size + 1);
    this.fillers = new Uint8Array(this.lexicon.size + 1);
    for (const number of stopped) this.stops[number] = 1;
    for (const number of filled) this.fillers[number] = 1;
  }

  /** The numbers by which the matcher knows words; 0 for one that it does not. */
  numbers(words: readonly string[]): number[] {
    return words.map((word) => this.lexicon.known(word));
  }

  /**
   * Matches the words from `from` to `to`. Returns the longest match for each rule and start, and
   * the positions of each group.
   * @param numbers of the words
   */
  sentence(
    numbers: readonly number[],
    from: number,
    to: number,
    group?: (number: number, at: number, end: number) => void,
  ): Found<T>[] {
    const { keys, levels } = this;
    const matches: Found<T>[] = [];
    keys.clear(to - from);
    // From the end, as a group or rule at a position may contain groups at the ones after it.
    for (let pos = to - from - 1; pos >= 0; pos -= 1) {
      keys.begin(pos, numbers[from + pos] as number);
      for (let level = 0; level < levels; level += 1) {
        this.walkFrom(level, pos);
        for (let n = 0; n < this.count; n += 1) {
          const value = this.found[n] as number;
          const end = this.ends[n] as number;
          if (keys.add(pos, value, end)) group?.(value, from + pos, from + end);
        }
      }
      this.walkFrom(levels, pos);
      if (this.count > 0) this.takeLongest(from, pos, matches);
    }
    return matches.reverse();
  }

  /** Adds the longest match of each rule that begins at a position, in the order of discovery. */
  private takeLongest(from: number, pos: number, matches: Found<T>[]): void {
    const { found, ends, count } = this;
    for (let n = 0; n < count; n += 1) {
      const value = found[n] as number;
      let end = ends[n] as number;
      let isFirst = true;
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
  private walkFrom(level: number, pos: number): void {
    const root = level * 2;
    this.count = 0;
    this.walkKeys(root, pos);
    const any = this.trie.any[root] as number;
    if (any !== NONE) this.walk(any, pos + 1, 0);
    if (pos > 0) return;
    this.walkKeys(root + 1, 0);
    const first = this.trie.any[root + 1] as number;
    if (first !== NONE) this.walk(first, 1, 0);
  }

  private walk(at: number, pos: number, skipped: number): void {
    const { keys, trie } = this;
    this.steps += 1;
    const { foundStarts, foundAtEndStarts, gapStarts } = trie;
    this.take(trie.found, foundStarts[at] as number, foundStarts[at + 1] as number, pos);
    if (pos === keys.size) {
      const [from, to] = [foundAtEndStarts[at] as number, foundAtEndStarts[at + 1] as number];
      this.take(trie.foundAtEnd, from, to, pos);
      return;
    }
    this.walkKeys(at, pos);
    const any = trie.any[at] as number;
    if (any !== NONE) this.walk(any, pos + 1, 0);
    const gaps = gapStarts[at + 1] as number;
    for (let gap = gapStarts[at] as number; gap < gaps; gap += 1) {
      const most = trie.gapSizes[gap] as number;
      const child = trie.gapNodes[gap] as number;
      // A gap never spans a stop, such as a negation, which would invert what follows.
      for (let n = 0; n <= most && pos + n < keys.size; n += 1) {
        if (n > 0 && this.stops[keys.word(pos + n - 1)] === 1) break;
        this.walk(child, pos + n, 0);
      }
    }
    if (skipped < MOST_FILLERS && this.fillers[keys.word(pos)] === 1)
      this.walk(at, pos + 1, skipped + 1);
  }

  /** Follows every word and group that begins at a position. */
  private walkKeys(at: number, pos: number): void {
    const { keys, trie } = this;
    if (((trie.bits[at] as number) & keys.bits(pos)) === 0) return;
    const last = keys.last(pos);
    for (let n = keys.first(pos); n < last; n += 1) {
      const first = trie.firstEdge(at, keys.key(n));
      if (first === NONE) continue;
      const end = keys.end(n);
      const edges = trie.lastEdge(at, first);
      // Nothing comes of most nodes, as no word that may follow does.
      const isLast = end === keys.size;
      const following = isLast ? FREE_BIT : FREE_BIT | keys.bits(end);
      const skips = !isLast && this.fillers[keys.word(end)] === 1;
      for (let edge = first; edge < edges; edge += 1)
        if (skips || ((trie.edgeNeeds[edge] as number) & following) !== 0)
          this.walk(trie.edgeNodes[edge] as number, end, 0);
    }
  }

  private take(values: Int32Array, from: number, to: number, end: number): void {
    for (let n = from; n < to; n += 1) {
      this.found[this.count] = values[n] as number;
      this.ends[this.count] = end;
      this.count += 1;
    }
  }
}
