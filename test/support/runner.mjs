import { EventEmitter } from 'node:events';
import { relative } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { createRunner } from 'jest-light-runner';

/** Milliseconds after which a file has hung: the limit of a test that waits is much shorter. */
const HUNG = 1_200_000;
const LightRunner = createRunner();

/**
 * Runs a file, and ends its worker where it neither ends nor fails: a loop without end blocks the
 * limits of the tests, too, and the run would wait for ever.
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

/** All kinds of specs share the workers: each loads the modules of the application once. */
export default class Runner extends LightRunner {
  _testRunners = new Pools();

  _runTest(test) {
    this.config ??= test.context.config;
    return super._runTest({ ...test, context: { ...test.context, config: this.config } });
  }
}
