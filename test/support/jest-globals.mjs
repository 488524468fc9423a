const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globalThis;

jest.useFakeTimers = () => {
  throw new Error('Specs share their process: mock single timers with `mock.timers` of node:test.');
};

/** Replaces the module `@jest/globals`. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test };
