/**
 * A trie over words. Pattern syntax in the rule files: `word`, `a|b` (alternatives), `<group>` (a
 * phrase of a named group), `x?` (optional), `_` (any one word), `~` (up to two words), `~~` (up to
 * five words), `^` (start of the sentence), `$` (its end).
 */
export interface Node {
  /**
   * Successors by word or group; patterns with a common prefix share nodes. Null if there are none.
   */
  next: Map<number, Node[]> | null;
  /** The bits of all keys of `next`: a word without one of them has no successor. */
  bits: number;
  any: Node | null;
  gaps: readonly { readonly most: number; readonly node: Node }[];
  found: readonly number[];
  foundAtEnd: readonly number[];
}

// Most of the 15,000 nodes have a single successor, so empty lists share one immutable instance.
const NONE: readonly never[] = [];

export function node(): Node {
  return { next: null, bits: 0, any: null, gaps: NONE, found: NONE, foundAtEnd: NONE };
}

/** The bit that no word or group has. */
export const FREE_BIT = 1 << 31;

/** One of 31 bits for each word or group; none for a word that no rule contains. */
export function bitOf(number: number): number {
  return number === 0 ? 0 : 1 << ((Math.imul(number, 0x9e3779b1) >>> 8) % 31);
}

/** Existing successors by pattern element, used to share nodes while patterns are added. */
export type Shared = Map<Node, Map<string, Node>>;

/** Assigns numbers to words and groups; matching compares the numbers. */
export class Lexicon {
  private readonly numbers = new Map<string, number>();

  number(key: string): number {
    let found = this.numbers.get(key);
    if (found === undefined) {
      found = this.numbers.size + 1;
      this.numbers.set(key, found);
    }
    return found;
  }

  /** 0 if no rule contains the word. */
  known(word: string): number {
    return this.numbers.get(word) ?? 0;
  }

  get size(): number {
    return this.numbers.size;
  }

  words(): string[] {
    return [...this.numbers.keys()].filter((key) => !key.startsWith('<'));
  }
}

/** Splits a pattern into its elements, in lower case. */
export function elements(pattern: string): string[] {
  return pattern.trim().toLowerCase().split(/\s+/);
}

export function groupsOf(pattern: string): string[] {
  return [...pattern.matchAll(/<([\w-]+)>/g)].map(([, name]) => name ?? '');
}

/**
 * Adds a pattern to a trie.
 * @param shared the same map for all patterns of the trie
 */
export function add(
  { root, start, shared }: { root: Node; start: Node; shared: Shared },
  pattern: string,
  value: number,
  lexicon: Lexicon,
): void {
  const parts = elements(pattern);
  const anchored = parts[0] === '^';
  const atEnd = parts.at(-1) === '$';
  const middle = parts.slice(anchored ? 1 : 0, atEnd ? -1 : undefined);
  const grow = (at: Node, index: number): void => {
    const part = middle[index];
    if (part === undefined) {
      const list = atEnd ? 'foundAtEnd' : 'found';
      if (!at[list].includes(value)) at[list] = [...at[list], value];
      return;
    }
    const optional = part.endsWith('?') && part.length > 1;
    const body = optional ? part.slice(0, -1) : part;
    if (optional) grow(at, index + 1);
    if (body === '_') {
      at.any ??= node();
      grow(at.any, index + 1);
    } else if (body === '~' || body === '~~') {
      const most = body === '~' ? 2 : 5;
      let gap = at.gaps.find((each) => each.most === most);
      if (gap === undefined) {
        gap = { most, node: node() };
        at.gaps = [...at.gaps, gap];
      }
      grow(gap.node, index + 1);
    } else {
      let by = shared.get(at);
      if (by === undefined) shared.set(at, (by = new Map<string, Node>()));
      let child = by.get(body);
      if (child === undefined) {
        child = node();
        by.set(body, child);
        at.next ??= new Map();
        for (const key of body.split('|')) {
          const number = lexicon.number(key);
          at.bits |= bitOf(number);
          const list = at.next.get(number);
          if (list === undefined) at.next.set(number, [child]);
          else list.push(child);
        }
      }
      grow(child, index + 1);
    }
  };
  grow(anchored ? start : root, 0);
}
