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

/**
 * Limits the processor time: on a busy machine a short text can wait for a long time, and would
 * then not be screened. The monotonic clock is asked first, because reading it costs less.
 * @param milliseconds from now
 */
export function timeBudget(clock: Clock, milliseconds: number): Budget {
  const end = clock.monotonic() + milliseconds;
  const used = clock.processorTime() + milliseconds;
  return {
    check: () => {
      if (clock.monotonic() > end && clock.processorTime() > used) throw new OutOfTime();
    },
  };
}
