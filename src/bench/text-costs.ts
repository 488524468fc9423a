import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../kernel/paths.js';

/** How to check the work that a text causes; passed to the process that does it, as JSON. */
export interface TextCheck {
  /**
   * `once` uses every long text once, to find one that takes for ever; `growth` measures how the
   * processor time grows with the length.
   */
  readonly how: 'once' | 'growth';
  /** Everything, or a faulty pattern. */
  readonly of: 'everything' | 'square' | 'endless';
  /** Kinds of text to try, at most; all if it is left out. */
  readonly kinds?: number;
}

/** Messages of that process. */
export type TextMessage =
  | { readonly begins: string }
  | { readonly grew: string }
  | { readonly unheld: string }
  | { readonly done: { readonly patterns: number; readonly works: number } };

export interface TextOutcome {
  /** Work whose cost grows faster than its text. */
  readonly grew: string[];
  /** Places that build a pattern which the process never saw. */
  readonly unheld: string[];
  /** The text that took too long, after which the process was ended. */
  endless: string | null;
  done: { readonly patterns: number; readonly works: number } | null;
}

const FOLDER = join(ROOT, 'test', 'support', 'growth');

/**
 * Checks in a separate process: catastrophic backtracking cannot be interrupted from within, so a
 * process that spends too long on one text is killed, and the check fails instead of hanging.
 * @param silence timeout in milliseconds without a message, which comes with each kind of text
 */
export function checkTexts(check: TextCheck, silence: number): Promise<TextOutcome> {
  const outcome: TextOutcome = { grew: [], unheld: [], endless: null, done: null };
  return new Promise((resolve, reject) => {
    const child = fork(join(FOLDER, 'worker.ts'), [JSON.stringify(check)], {
      cwd: ROOT,
      execArgv: ['--import', './src/cli/typescript.mjs'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let at = 'the start';
    const late = (): void => {
      outcome.endless = at;
      child.kill('SIGKILL');
    };
    // Loading the sources takes longer than a text.
    let timer = setTimeout(late, 10 * silence);
    child.on('message', (message: TextMessage) => {
      clearTimeout(timer);
      timer = setTimeout(late, silence);
      if ('begins' in message) at = message.begins;
      else if ('grew' in message) outcome.grew.push(message.grew);
      else if ('unheld' in message) outcome.unheld.push(message.unheld);
      else outcome.done = message.done;
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}
