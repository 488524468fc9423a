import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { commandUnder, unprivilegedAccount } from '../../src/embedded/unprivileged.js';

/** Skips the specs only if the program is missing and CI does not require it. */
export function describeWith(found: boolean, what: string): typeof describe | typeof describe.skip {
  if (found) return describe;
  if (process.env.CI !== undefined) throw new Error(`the suite needs ${what}`);
  process.stdout.write(`\n*** SKIPPED: ${what} is not here. ***\n`);
  return describe.skip;
}

/** The first of these paths that exists; undefined if none does. */
export function programAt(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

/** Starts a program that refuses to run as root, in a separate process group. */
export function startUnprivileged(program: string, args: string[]): ChildProcess {
  const account = unprivilegedAccount();
  const command =
    account === null ? { file: program, args } : commandUnder(account, program, args, false);
  return spawn(command.file, command.args, { cwd: '/', stdio: 'ignore', detached: true });
}

/** Kills it, or sends another signal, and waits for its exit. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
