const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globalThis;

jest.useFakeTimers = () => {
  throw new Error('Fake timers are for specs without a database: its driver would wait for ever.');
};

/** What specs import from `@jest/globals` where they run in Node.js itself. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test };
