import { addEventHandler } from 'jest-circus';

/** Limit in milliseconds for a hanging test, not an expectation: a busy machine may be slow. */
const LIMIT = 300_000;
const { setTimeout, clearTimeout } = globalThis;

/**
 * Fails a test or hook that does not end, with its name, so that later specs run.
 * @param limit in milliseconds
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

// The runner has no time limits of its own, so tests and hooks are wrapped.
addEventHandler((event, { currentDescribeBlock }) => {
  const list = { add_test: 'children', add_hook: 'hooks' }[event.name];
  const added = list && currentDescribeBlock[list].at(-1);
  if (added?.fn) added.fn = limited(added.fn, added.timeout ?? LIMIT);
});
