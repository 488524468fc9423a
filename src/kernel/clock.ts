import { Injectable } from '@nestjs/common';

/** The only place that asks the time, so that a test can move it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds since the epoch. */
  ms(): number {
    return this.now().getTime();
  }

  /**
   * Milliseconds since some start, for measuring: never set back or forward as the time of day is.
   */
  monotonic(): number {
    return performance.now();
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** @param by milliseconds, negative for earlier */
export function later(than: Date, by: number): Date {
  return new Date(than.getTime() + by);
}
