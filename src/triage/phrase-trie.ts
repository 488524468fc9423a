/**
 * Patterns over words, as the rules' data writes them: `word`, `a|b` (one of), `<group>` (one of a
 * named group of phrases), `x?` (may be missing), `_` (any one word), `~` (up to two words), `~~`
 * (up to five words), `^` (start of the sentence), `$` (its end).
 */
export interface Node<T> {
  /** Where a word or group leads; patterns that begin alike share their way. */
  readonly next: Map<number, Node<T>[]>;
  /** The next places by what the pattern says there, for sharing. */
  readonly by: Map<string, Node<T>>;
  any: Node<T> | null;
  readonly gaps: { readonly most: number; readonly node: Node<T> }[];
  readonly found: T[];
  readonly foundAtEnd: T[];
}

export function node<T>(): Node<T> {
  return { next: new Map(), by: new Map(), any: null, gaps: [], found: [], foundAtEnd: [] };
}

/** Numbers for words and groups; a number is what the walk compares. */
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

  /** 0 for a word that no rule knows. */
  known(word: string): number {
    return this.numbers.get(word) ?? 0;
  }

  words(): string[] {
    return [...this.numbers.keys()].filter((key) => !key.startsWith('<'));
  }
}

/** The elements of a pattern; what a word is written as is read the way texts are read. */
export function elements(pattern: string): string[] {
  return pattern.trim().toLowerCase().split(/\s+/);
}

export function groupsOf(pattern: string): string[] {
  return [...pattern.matchAll(/<([\w-]+)>/g)].map(([, name]) => name ?? '');
}

/** Adds a pattern to a trie. */
export function add<T>(
  root: Node<T>,
  startRoot: Node<T>,
  pattern: string,
  value: T,
  lexicon: Lexicon,
): void {
  const parts = elements(pattern);
  const anchored = parts[0] === '^';
  const atEnd = parts.at(-1) === '$';
  const middle = parts.slice(anchored ? 1 : 0, atEnd ? -1 : undefined);
  const grow = (at: Node<T>, index: number): void => {
    const part = middle[index];
    if (part === undefined) {
      const list = atEnd ? at.foundAtEnd : at.found;
      if (!list.includes(value)) list.push(value);
      return;
    }
    const optional = part.endsWith('?') && part.length > 1;
    const body = optional ? part.slice(0, -1) : part;
    if (optional) grow(at, index + 1);
    if (body === '_') {
      at.any ??= node<T>();
      grow(at.any, index + 1);
    } else if (body === '~' || body === '~~') {
      const most = body === '~' ? 2 : 5;
      let gap = at.gaps.find((each) => each.most === most);
      if (gap === undefined) {
        gap = { most, node: node<T>() };
        at.gaps.push(gap);
      }
      grow(gap.node, index + 1);
    } else {
      let child = at.by.get(body);
      if (child === undefined) {
        child = node<T>();
        at.by.set(body, child);
        for (const key of body.split('|')) {
          const number = lexicon.number(key);
          const list = at.next.get(number);
          if (list === undefined) at.next.set(number, [child]);
          else list.push(child);
        }
      }
      grow(child, index + 1);
    }
  };
  grow(anchored ? startRoot : root, 0);
}
