/** What `@` may stand before. */
export const DATA = new Set(['page', 'index', 'key', 'first', 'last']);

/** Code that reads a property, and its property, and so on. */
export function properties(from: string, names: readonly string[]): string {
  return names.reduce((value, name) => `property(${value}, ${JSON.stringify(name)})`, from);
}

// The types promise a hash that a call without named arguments does not have.
export function pairsOf({ hash }: { hash: hbs.AST.Hash }): hbs.AST.HashPair[] {
  return (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
}

/** @throws Error that says what is not understood, and in which line */
export function refuse(node: hbs.AST.Node): never {
  throw new Error(
    `a template holds what is not understood: ${node.type}, line ${node.loc.start.line}`,
  );
}
