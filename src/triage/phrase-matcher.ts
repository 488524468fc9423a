import { add, groupsOf, Lexicon, node, type Node, type Shared } from './phrase-trie.js';

export interface Found<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

interface Level<T> {
  readonly root: Node<T>;
  readonly start: Node<T>;
}

const STOPS = ['not', 'never', 'no', 'nobody', 'nothing'];

const level = <T>(): Level<T> => ({ root: node<T>(), start: node<T>() });

/** Matches the patterns of groups and rules against the words of a sentence. */
export class PhraseMatcher<T> {
  readonly lexicon = new Lexicon();
  private readonly levels: Level<number>[] = [];
  private readonly rules = level<T>();
  private readonly stops: ReadonlySet<number>;
  private readonly fillers: ReadonlySet<number>;
  /** Matching steps since construction: a deterministic measure of work. */
  steps = 0;

  constructor(
    groups: Readonly<Record<string, readonly string[]>>,
    fillers: readonly string[],
    rules: Iterable<readonly [pattern: string, value: T]>,
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
    const shared: Shared<number> = new Map();
    for (const [name, patterns] of Object.entries(groups)) {
      const at = depthOf(name, []);
      while (this.levels.length <= at) this.levels.push(level<number>());
      const { root, start } = this.levels[at] as Level<number>;
      for (const pattern of patterns)
        add({ root, start, shared }, pattern, this.lexicon.number(`<${name}>`), this.lexicon);
    }
    const trie = { ...this.rules, shared: new Map() satisfies Shared<T> };
    for (const [pattern, value] of rules) {
      for (const name of groupsOf(pattern)) depthOf(name, []);
      add(trie, pattern, value, this.lexicon);
    }
    this.stops = new Set(STOPS.map((word) => this.lexicon.number(word)));
    this.fillers = new Set(fillers.map((word) => this.lexicon.number(word)));
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
    const size = to - from;
    const keys: number[][] = [];
    const ends: number[][] = [];
    for (let n = 0; n < size; n += 1) {
      keys.push([this.lexicon.known(words[from + n] ?? '')]);
      ends.push([n + 1]);
    }
    const found: Found<T>[] = [];
    const walk = <V>(
      at: Node<V>,
      pos: number,
      skipped: number,
      take: (value: V, end: number) => void,
    ): void => {
      this.steps += 1;
      for (const value of at.found) take(value, pos);
      if (pos === size) {
        for (const value of at.foundAtEnd) take(value, pos);
        return;
      }
      const key = keys[pos] as number[];
      const end = ends[pos] as number[];
      if (at.next !== null) {
        for (let n = 0; n < key.length; n += 1) {
          const children = at.next.get(key[n] as number);
          if (children !== undefined)
            for (const child of children) walk(child, end[n] as number, 0, take);
        }
      }
      if (at.any !== null) walk(at.any, pos + 1, 0, take);
      for (const { most, node: child } of at.gaps) {
        // A gap never spans a negation, which would invert the meaning of what follows.
        for (let n = 0; n <= most && pos + n < size; n += 1) {
          if (n > 0 && this.stops.has((keys[pos + n - 1] as number[])[0] as number)) break;
          walk(child, pos + n, 0, take);
        }
      }
      if (skipped < 2 && this.fillers.has(key[0] as number)) walk(at, pos + 1, skipped + 1, take);
    };
    for (let pos = size - 1; pos >= 0; pos -= 1) {
      const key = keys[pos] as number[];
      const end = ends[pos] as number[];
      const startWalk = <V>(each: Level<V>, take: (value: V, end: number) => void): void => {
        this.begin(each.root, key, end, take, walk);
        if (pos === 0) this.begin(each.start, key, end, take, walk);
      };
      for (const each of this.levels) {
        startWalk(each, (value, stop) => {
          for (let n = 0; n < key.length; n += 1) if (key[n] === value && end[n] === stop) return;
          key.push(value);
          end.push(stop);
          group?.(value, from + pos, from + stop);
        });
      }
      const longest = new Map<T, number>();
      startWalk(this.rules, (value, stop) => {
        if (stop > (longest.get(value) ?? 0)) longest.set(value, stop);
      });
      for (const [value, stop] of longest) found.push({ value, from: from + pos, to: from + stop });
    }
    return found.reverse();
  }

  // Matching does not skip fillers before the first word, and a leading gap would match anything.
  private begin<V>(
    root: Node<V>,
    key: number[],
    end: number[],
    take: (value: V, end: number) => void,
    walk: (
      at: Node<V>,
      pos: number,
      skipped: number,
      take: (value: V, end: number) => void,
    ) => void,
  ): void {
    for (let n = 0; n < key.length; n += 1) {
      const children = root.next?.get(key[n] as number);
      if (children !== undefined)
        for (const child of children) walk(child, end[n] as number, 0, take);
    }
    if (root.any !== null) walk(root.any, end[0] as number, 0, take);
  }
}
