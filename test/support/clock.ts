import { Clock } from '../../src/kernel/clock.js';

/** Goes on as time does, and can be moved. */
export class TestClock extends Clock {
  private offset = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.offset);
  }

  override monotonic(): number {
    return super.monotonic() + this.offset;
  }

  /** @param milliseconds negative for earlier */
  move(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
