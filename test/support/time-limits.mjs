import { addEventHandler } from 'jest-circus';

/** Against a test that hangs, never a measure: a busy machine may take its time. In milliseconds. */
const LIMIT = 300_000;
const { setTimeout, clearTimeout } = globalThis;

/**
 * Fails a test or a hook by name that does not end, so that the specs after it run.
 * @param limit milliseconds
 */
function limited(work, limit) {
  return async () => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`It did not end within ${limit} ms.`)), limit);
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

// The runner knows no time limits: it calls what a spec hands over.
addEventHandler((event, { currentDescribeBlock }) => {
  const list = { add_test: 'children', add_hook: 'hooks' }[event.name];
  const added = list && currentDescribeBlock[list].at(-1);
  if (added?.fn) added.fn = limited(added.fn, added.timeout ?? LIMIT);
});
