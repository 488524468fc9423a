import { spawn } from 'node:child_process';
import { eventually } from './eventually.js';

export interface Running {
  readonly pid: number;
  /** All of its output so far. */
  said(): string;
  /** Waits for output. @returns the first match */
  says(words: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code once it has exited; null if it was killed. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts a built entry point like an operator, with an environment of only the PATH.
 * @param entry relative to dist, such as `cli/migrate.js`
 */
export function startEntry(
  entry: string,
  env: Record<string, string>,
  args: string[] = [],
): Running {
  const child = spawn(process.execPath, [`dist/${entry}`, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let over = false;
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      over = true;
      resolve(code);
    }),
  );
  return {
    pid: child.pid ?? 0,
    said: () => text,
    says: (words) =>
      eventually(
        () => {
          const found = words.exec(text);
          if (found === null && over)
            throw new Error(`ended without saying ${String(words)}: ${text}`);
          return found;
        },
        `the words ${String(words)} in: ${text}`,
      ),
    signal: (name) => child.kill(name),
    ended,
  };
}
