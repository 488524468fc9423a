import { bitOf, FREE_BIT, type Node } from './phrase-trie.js';

/** No node, or no edge. */
export const NONE = -1;

/**
 * A trie in flat lists, by the number of a node. A list whose name ends in `Starts` says where the
 * part of a node begins in the list of all, and in the next place where it ends.
 */
export class CompiledTrie {
  /** The bits of all words and groups that may follow a node. */
  readonly bits: Int32Array;
  /** The word or group of each edge, ascending within a node, and the node that it leads to. */
  readonly edgeStarts: Int32Array;
  readonly edgeKeys: Int32Array;
  readonly edgeNodes: Int32Array;
  /** The needs of those nodes. */
  readonly edgeNeeds: Int32Array;
  /** The successor for any word. */
  readonly any: Int32Array;
  readonly gapStarts: Int32Array;
  readonly gapSizes: Int32Array;
  readonly gapNodes: Int32Array;
  readonly foundStarts: Int32Array;
  readonly found: Int32Array;
  readonly foundAtEndStarts: Int32Array;
  readonly foundAtEnd: Int32Array;
  /** The first edge of each root by key: most roots have too many edges to search. */
  private readonly rootEdges: readonly Int32Array[];

  private constructor(nodes: readonly Node[], numbers: ReadonlyMap<Node, number>, roots: number) {
    const numberOf = (node: Node | null): number =>
      node === null ? NONE : (numbers.get(node) ?? NONE);
    const edges = nodes.map(({ next }) =>
      [...(next ?? [])]
        .sort(([a], [b]) => a - b)
        .flatMap(([key, children]) => children.map((child) => [key, numberOf(child)] as const)),
    );
    this.bits = Int32Array.from(nodes, ({ bits }) => bits);
    this.edgeStarts = startsOf(edges);
    this.edgeKeys = Int32Array.from(edges.flat(), ([key]) => key);
    this.edgeNodes = Int32Array.from(edges.flat(), ([, child]) => child);
    this.edgeNeeds = this.edgeNodes.map((child) => needsOf(nodes[child] as Node));
    this.any = Int32Array.from(nodes, ({ any }) => numberOf(any));
    const gaps = nodes.map((node) => node.gaps);
    this.gapStarts = startsOf(gaps);
    this.gapSizes = Int32Array.from(gaps.flat(), ({ most }) => most);
    this.gapNodes = Int32Array.from(gaps.flat(), ({ node }) => numberOf(node));
    const found = nodes.map((node) => node.found);
    this.foundStarts = startsOf(found);
    this.found = Int32Array.from(found.flat());
    const foundAtEnd = nodes.map((node) => node.foundAtEnd);
    this.foundAtEndStarts = startsOf(foundAtEnd);
    this.foundAtEnd = Int32Array.from(foundAtEnd.flat());
    this.rootEdges = Array.from({ length: roots }, (_, root) => this.edgesByKey(root));
  }

  private edgesByKey(node: number): Int32Array {
    const [from, to] = [this.edgeStarts[node] as number, this.edgeStarts[node + 1] as number];
    const edges = new Int32Array(from === to ? 0 : (this.edgeKeys[to - 1] as number) + 1);
    edges.fill(NONE);
    for (let edge = to - 1; edge >= from; edge -= 1) edges[this.edgeKeys[edge] as number] = edge;
    return edges;
  }

  /** Compiles what is reachable from the roots, which get the first numbers, in this order. */
  static of(roots: readonly Node[]): CompiledTrie {
    const nodes = [...roots];
    const numbers = new Map(roots.map((root, number) => [root, number]));
    const visit = (node: Node): void => {
      if (numbers.has(node)) return;
      numbers.set(node, nodes.length);
      nodes.push(node);
    };
    // The list grows while it is read.
    for (const { next, any, gaps } of nodes) {
      for (const children of next?.values() ?? []) children.forEach(visit);
      if (any !== null) visit(any);
      for (const { node } of gaps) visit(node);
    }
    return new CompiledTrie(nodes, numbers, roots.length);
  }

  /** The first edge of a node with a key; NONE if there is none. Others with it follow at once. */
  firstEdge(node: number, key: number): number {
    const root = this.rootEdges[node];
    if (root !== undefined) return root[key] ?? NONE;
    if (((this.bits[node] as number) & bitOf(key)) === 0) return NONE;
    let low = this.edgeStarts[node] as number;
    const end = this.edgeStarts[node + 1] as number;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.edgeKeys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    return low < end && this.edgeKeys[low] === key ? low : NONE;
  }

  /** One past the last edge of a node with the key of its first. */
  lastEdge(node: number, first: number): number {
    const end = this.edgeStarts[node + 1] as number;
    const key = this.edgeKeys[first];
    let at = first + 1;
    while (at < end && this.edgeKeys[at] === key) at += 1;
    return at;
  }
}

/**
 * The bits of which one has to follow for anything to come of a node; FREE_BIT if none has to: a
 * rule ends there, or a gap or any word follows.
 */
function needsOf({ bits, any, gaps, found, foundAtEnd }: Node): number {
  const leads = any !== null || gaps.length + found.length + foundAtEnd.length > 0;
  return leads ? bits | FREE_BIT : bits;
}

/** Where each list begins in the lists joined, and where the last ends. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => (starts[at + 1] = (starts[at] as number) + list.length));
  return starts;
}
