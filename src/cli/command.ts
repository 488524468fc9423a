import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EmbeddedFault } from '../embedded/cluster.js';
import { ConfigFault } from '../kernel/config.js';
import { OperatorFault } from '../accounts/members-admin.service.js';

export interface Usage {
  name: string;
  usage: string;
  about: string;
  options?: NonNullable<ParseArgsConfig['options']>;
}

export type Options = Record<string, string | boolean | undefined>;

/**
 * Runs one command of the operator's: `--help`, one clear line where it cannot be done, and an exit
 * code that scripts can rely on.
 * @param work gets the words and the options, answers the line to print
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
    process.stdout.write(
      options.help === true && positionals.length === 0
        ? help
        : `${await work(positionals, options)}\n`,
    );
    process.exit(0);
  } catch (error) {
    const known =
      error instanceof ConfigFault ||
      error instanceof EmbeddedFault ||
      error instanceof OperatorFault;
    const wrongWords = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
    process.stderr.write(
      `${known ? (error as Error).message : wrongWords ? `${(error as Error).message}\n${help}` : String((error as Error).stack)}\n`,
    );
    process.exit(known || wrongWords ? 2 : 1);
  }
}

/** An option that has to be there. */
export function need(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '')
    throw new OperatorFault(`--${name} is missing. Add --help for what this takes.`);
  return value;
}
