/** A query with `:name` placeholders, compiled to the driver's positional ones (`$1`, `$2`, …). */
export interface CompiledQuery {
  /** The SQL text with `$n` instead of names. */
  readonly text: string;
  /** The parameter name of each `$n`, in order. */
  readonly names: readonly string[];
}

// Tokens that may contain a colon without being a placeholder are skipped: strings, quoted
// identifiers, comments, dollar-quoted bodies and casts.
const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\$[A-Za-z_]*\$)[\s\S]*?\1|::|:([a-z][A-Za-z0-9]*)/g;

/**
 * Compiles named placeholders to positional ones; a name that occurs twice is bound once.
 * @param text SQL with a `:name` for every value
 */
export function compileNamedParameters(text: string): CompiledQuery {
  const names: string[] = [];
  const compiled = text.replace(TOKEN, (token: string, _quote: string, name?: string) => {
    if (name === undefined) return token;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text: compiled, names };
}

/**
 * Returns the values of a compiled query in the order of its placeholders.
 * @throws Error if a placeholder has no value; `null` is a value, and `undefined` is sent as null
 */
export function valuesFor(query: CompiledQuery, parameters: object): unknown[] {
  const values = parameters as Record<string, unknown>;
  return query.names.map((name) => {
    if (!(name in values)) throw new Error(`no value for :${name}`);
    return values[name];
  });
}
