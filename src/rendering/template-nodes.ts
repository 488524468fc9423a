import { PageHtml } from './page-html.js';

/** Names that may follow `@`. */
export const DATA = new Set(['page', 'index', 'key', 'first', 'last']);

/** Names of the variables for the context, its parents and its data at a position in the code. */
export interface Scope {
  context: string;
  /** A linked list of contexts, innermost first: `{ c, p }`. */
  parents: string;
  data: string;
}

/** Prototypes of what views consist of. */
const PROTOTYPES = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Date,
  Map,
  Set,
]
  .map(({ prototype }) => prototype)
  .concat(Object.getPrototypeOf(Uint8Array.prototype) as object, PageHtml.prototype);

/**
 * Generates code that reads a chain of properties. A name that no prototype has is read directly:
 * V8 remembers for each place in the code where the property is, but not in a function that reads
 * all of them.
 */
export function properties(from: string, names: readonly string[]): string {
  return names.reduce(
    (value, name) =>
      /^[A-Za-z]\w*$/.test(name) && !PROTOTYPES.some((prototype) => name in prototype)
        ? `${value}?.${name}`
        : `property(${value}, ${JSON.stringify(name)})`,
    from,
  );
}

// According to the types a hash always exists, but a call without named arguments has none.
export function pairsOf({ hash }: { hash: hbs.AST.Hash }): hbs.AST.HashPair[] {
  return (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
}

/** The key of a message that a template names; null if it is computed, or no message is meant. */
export function messageKeyOf(call: {
  readonly path: hbs.AST.Expression | hbs.AST.Literal;
  readonly params: readonly hbs.AST.Expression[];
}): string | null {
  const [key, ...more] = call.params;
  if ((call.path as hbs.AST.PathExpression).original !== 't' || more.length > 0) return null;
  return key?.type === 'StringLiteral' ? (key as hbs.AST.StringLiteral).value : null;
}

/** @throws Error that names the unsupported syntax and its line */
export function rejectNode(node: hbs.AST.Node): never {
  throw new Error(
    `a template holds what is not understood: ${node.type}, line ${node.loc.start.line}`,
  );
}
