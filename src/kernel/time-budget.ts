import type { Clock } from './clock.js';

/** Thrown between two steps of the screening when the time budget is used up. */
export class OutOfTime extends Error {
  constructor() {
    super('screening ran out of time');
  }
}

/**
 * A time limit for synchronous work. A single thread cannot be interrupted, so the work checks the
 * budget between its steps, each of which takes time linear in the text.
 */
export interface Budget {
  /** @throws OutOfTime once the limit is exceeded */
  check(): void;
}

/** No limit, for commands, evaluations and texts that are only displayed. */
export const NO_LIMIT: Budget = { check: () => undefined };

/** @param milliseconds from now, measured by the monotonic clock */
export function timeBudget(clock: Clock, milliseconds: number): Budget {
  const end = clock.monotonic() + milliseconds;
  return {
    check: () => {
      if (clock.monotonic() > end) throw new OutOfTime();
    },
  };
}
