import { Clock } from '../../src/kernel/clock.js';

/** Goes on as time does, and can be moved. */
export class TestClock extends Clock {
  private offset = 0;
  private still: Date | null = null;

  override now(): Date {
    return new Date((this.still ?? super.now()).getTime() + this.offset);
  }

  /**
   * Stands still from now on and only moves by hand, so that no window or minute ends because the
   * machine is slow.
   */
  freeze(): void {
    this.still ??= super.now();
  }

  override monotonic(): number {
    return super.monotonic() + this.offset;
  }

  /** @param milliseconds negative for earlier */
  move(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
