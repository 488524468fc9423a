import { fork } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Told } from './support/growth/worker.js';

interface Outcome {
  readonly grew: string[];
  /** Places that build a pattern which the measuring process never saw. */
  readonly unheld: string[];
  /** The last known step, if the process was silent for too long. */
  endless: string | null;
  done: { readonly patterns: number; readonly works: number; readonly kinds: number } | null;
}

/**
 * Measures in a separate process: catastrophic backtracking cannot be interrupted from within, so a
 * process that spends too long on one text is killed, and the test fails instead of hanging.
 * @param silence timeout in milliseconds without a message; a text takes a hundredth of it
 */
function measure(what: 'all' | 'faulty', silence: number): Promise<Outcome> {
  const outcome: Outcome = { grew: [], unheld: [], endless: null, done: null };
  return new Promise((resolve, reject) => {
    const child = fork(join('test', 'support', 'growth', 'worker.ts'), [what], {
      execArgv: ['--import', './src/cli/typescript.mjs'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let at = 'the start';
    const late = (): void => {
      outcome.endless = at;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(late, 10 * silence);
    child.on('message', (told: Told) => {
      clearTimeout(timer);
      timer = setTimeout(late, silence);
      if ('begins' in told) at = told.begins;
      else if ('grew' in told) outcome.grew.push(told.grew);
      else if ('unheld' in told) outcome.unheld.push(told.unheld);
      else outcome.done = told.done;
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

describe('the work that a text causes', () => {
  it('grows no faster than the text, for every pattern and everything that screens', async () => {
    const { grew, unheld, endless, done } = await measure('all', 60_000);
    expect({ grew, unheld, endless }).toEqual({ grew: [], unheld: [], endless: null });
    expect(done?.patterns).toBeGreaterThan(300);
    expect(done?.works).toBeGreaterThan(15);
    expect(done?.kinds).toBeGreaterThanOrEqual(40);
  }, 900_000);

  it('is reported if it grows faster, and if it does not end', async () => {
    const { grew, endless, done } = await measure('faulty', 10_000);
    expect(grew.map((each) => each.split(':')[0])).toEqual(['square  +$, spaces']);
    expect(endless).toBe('endless ^(?:\\d{1,6}|\\d{1,6}(?=\\d))+$, one digit');
    expect(done).toBeNull();
  }, 300_000);
});
