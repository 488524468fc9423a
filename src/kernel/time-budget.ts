import type { Clock } from './clock.js';

/** Thrown between two steps of screening when its time is up. */
export class OutOfTime extends Error {
  constructor() {
    super('screening ran out of time');
  }
}

/**
 * Time for a piece of work. Nothing can interrupt a single thread, so the work asks between its
 * steps; each step's own work grows with the text and no faster, so that no step is long.
 */
export interface Budget {
  /** @throws OutOfTime */
  check(): void;
}

/** For what nobody waits for: commands, evaluations, what is only shown. */
export const NO_LIMIT: Budget = { check: () => undefined };

/** @param milliseconds from now, by a clock that is never set */
export function timeBudget(clock: Clock, milliseconds: number): Budget {
  const end = clock.monotonic() + milliseconds;
  return {
    check: () => {
      if (clock.monotonic() > end) throw new OutOfTime();
    },
  };
}
