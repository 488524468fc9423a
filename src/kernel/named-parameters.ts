/** A query with `:name` placeholders, compiled for the driver, which knows `$1`, `$2`, … alone. */
export interface CompiledQuery {
  /** The text with `$n` in place of the names. */
  readonly text: string;
  /** The name of each `$n`, in order. */
  readonly names: readonly string[];
}

// What may hold a colon without being a placeholder is skipped whole: strings, quoted identifiers,
// comments, dollar-quoted bodies and casts.
const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\$[A-Za-z_]*\$)[\s\S]*?\1|::|:([a-z][A-Za-z0-9]*)/g;

/**
 * Compiles named placeholders to positional ones; a name that occurs twice is sent once.
 * @param text SQL with `:name` for every value
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
 * The values of a compiled query in the order of its placeholders.
 * @throws Error where a placeholder has no value; `null` is a value, `undefined` is sent as null
 */
export function valuesFor(query: CompiledQuery, parameters: object): unknown[] {
  const given = parameters as Record<string, unknown>;
  return query.names.map((name) => {
    if (!(name in given)) throw new Error(`no value for :${name}`);
    return given[name];
  });
}
