import { EventEmitter } from 'node:events';
import { relative } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { createRunner } from 'jest-light-runner';

/**
 * Time in milliseconds after which a file is considered hung; the limit for a waiting test is much
 * shorter.
 */
const HUNG = 1_200_000;
const LightRunner = createRunner();

/**
 * Runs a file, and terminates its worker if it hangs: an endless loop also blocks the time limits
 * of tests, so the run would never end.
 */
async function watched(pool, { path }) {
  const watchdog = new EventEmitter();
  const hung = new Error(`${relative('.', path)} hung: no end within ${HUNG / 60_000} minutes.`);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    watchdog.emit('abort');
  }, HUNG);
  try {
    return await pool.run(path, { signal: watchdog });
  } catch (error) {
    throw late ? hung : error;
  } finally {
    clearTimeout(timer);
  }
}

class Pools extends Map {
  set(config, { pool }) {
    return super.set(config, { pool, run: (test) => watched(pool, test) });
  }
}

/**
 * All kinds of specs share the workers, so that each worker loads the application's modules only
 * once.
 */
export default class Runner extends LightRunner {
  _testRunners = new Pools();

  _runTest(test) {
    this.config ??= test.context.config;
    return super._runTest({ ...test, context: { ...test.context, config: this.config } });
  }
}
