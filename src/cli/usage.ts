import { OperatorFault } from '../accounts/members-admin.service.js';
import type { Options } from './command.js';

/** Options of every verb. */
const EVERYWHERE = ['help', 'json'];

/**
 * Rejects what a verb would otherwise ignore silently: an option of another verb, such as a
 * `--dry-run` that has no effect, and surplus arguments.
 * @param name of the verb
 * @param help usage, four spaces, description; options appear in it as `--name` or `--name VALUE`,
 *   arguments in capitals
 * @param words arguments after the verb
 * @throws OperatorFault that names the first of them
 */
export function rejectMisuse(
  name: string,
  help: string,
  words: readonly string[],
  options: Options,
): void {
  const [usage = ''] = help.split('    ');
  const known = [...usage.matchAll(/--([a-z][a-z-]*)/g)].map(([, option]) => option);
  const stray = Object.keys(options).find(
    (option) => !known.includes(option) && !EVERYWHERE.includes(option),
  );
  if (stray !== undefined)
    throw new OperatorFault(`${name} takes no --${stray}. Add --help for what it takes.`);
  const taken = usage
    .replace(/\[?--[a-z][a-z-]*( [^\s\]-][^\s\]]*)?\]?/g, '')
    .trim()
    .split(/\s+/);
  const tooMany = words[taken.length - name.split(' ').length];
  if (tooMany !== undefined)
    throw new OperatorFault(`${name} takes no “${tooMany}”. Add --help for what it takes.`);
}

/**
 * @param known names of verbs, such as `jobs counts`
 * @param words what was entered instead
 * @returns a one-line error that says how to go on
 */
export function unknownVerb(known: readonly string[], words: readonly string[]): string {
  const [first] = words;
  if (first === undefined) return 'Name a command. --help lists them.';
  const group = known.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0) return `${first} is one of ${group.join(', ')}. Add --help for more.`;
  return `There is no command “${first}”. --help lists them.`;
}
