/** What specs import from `@jest/globals` where they run in Node.js itself. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } =
  globalThis;
