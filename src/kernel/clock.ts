import { Injectable } from '@nestjs/common';

/** The only source of time, so that tests can control it. */
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
   * Milliseconds since an arbitrary start, for measuring durations; unaffected by changes of the
   * system time.
   */
  monotonic(): number {
    return performance.now();
  }

  /** Milliseconds of processor time that this thread has used. */
  processorTime(): number {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** @param by milliseconds; negative for an earlier time */
export function later(than: Date, by: number): Date {
  return new Date(than.getTime() + by);
}
