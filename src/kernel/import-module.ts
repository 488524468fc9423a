/**
 * Imports a module that is not in the bundle. This module stays outside of it, too: in code that
 * `node:vm` runs, as it does the bundle, `import()` needs an experimental option of Node.
 * @param id name of a package, or URL of a file
 */
export function importModule(id: string): Promise<unknown> {
  return import(id) as Promise<unknown>;
}
