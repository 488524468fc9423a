/** Names that may follow `@`. */
export const DATA = new Set(['page', 'index', 'key', 'first', 'last']);

/** Generates code that reads a chain of properties. */
export function properties(from: string, names: readonly string[]): string {
  return names.reduce((value, name) => `property(${value}, ${JSON.stringify(name)})`, from);
}

// According to the types a hash always exists, but a call without named arguments has none.
export function pairsOf({ hash }: { hash: hbs.AST.Hash }): hbs.AST.HashPair[] {
  return (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
}

/** @throws Error that names the unsupported syntax and its line */
export function rejectNode(node: hbs.AST.Node): never {
  throw new Error(
    `a template holds what is not understood: ${node.type}, line ${node.loc.start.line}`,
  );
}
