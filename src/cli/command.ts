import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BackupFault } from '../backup/backup-fault.js';
import { EmbeddedFault } from '../embedded/cluster.js';
import { ConfigFault } from '../kernel/config.js';
import { databaseFault, unreachableDatabase } from '../kernel/database-faults.js';
import { DatabaseFault } from '../kernel/database-wait.js';
import { sourceFrames } from '../kernel/source-frames.js';
import { ImportFault } from '../import/import-fault.js';
import { OperatorFault } from '../accounts/members-admin.service.js';

export interface Usage {
  name: string;
  usage: string;
  about: string;
  options?: NonNullable<ParseArgsConfig['options']>;
}

export type Options = Record<string, string | boolean | string[] | undefined>;

/**
 * Runs an operator command with `--help`, one-line errors, and stable exit codes: 0 success, 1
 * unexpected error, 2 operator error.
 * @param work receives the arguments and options, returns the output
 */
export async function command(
  usage: Usage,
  work: (words: string[], options: Options) => Promise<string>,
): Promise<void> {
  const help = `${usage.usage}\n  ${usage.about}\n`;
  try {
    const { values, positionals } = parseArgs({
      args: process.argv.slice(2),
      allowPositionals: true,
      options: { help: { type: 'boolean' }, ...usage.options },
    });
    const options = values as Options;
    const asked = options.help === true && positionals.length === 0;
    const output = asked ? help : `${await work(positionals, options)}\n`;
    process.stdout.write(options.json === true && !asked ? forPrograms(output) : output);
    process.exit(0);
  } catch (error) {
    const known =
      error instanceof BackupFault ||
      error instanceof ConfigFault ||
      error instanceof DatabaseFault ||
      error instanceof EmbeddedFault ||
      error instanceof ImportFault ||
      error instanceof OperatorFault;
    const { code, message, stack } = error as Error & { code?: string };
    const misused = code?.startsWith('ERR_PARSE_ARGS') === true;
    const text = known
      ? message
      : misused
        ? `${message.split('. ')[0] ?? message}. Add --help for what this takes.`
        : (databaseFault(error) ?? unreachableDatabase(error));
    process.stderr.write(`${text ?? sourceFrames(String(stack))}\n`);
    process.exit(text === null ? 1 : 2);
  }
}

/** @returns JSON unchanged, and other text as the `message` of an object */
function forPrograms(said: string): string {
  try {
    JSON.parse(said);
    return said;
  } catch {
    // Not JSON: text for people.
    return `${JSON.stringify({ message: said.trim() })}\n`;
  }
}

/** The value of a required option. @throws OperatorFault if it is missing */
export function requireOption(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '')
    throw new OperatorFault(`--${name} is missing. Add --help for what this takes.`);
  return value;
}
