import { Clock } from '../../src/kernel/clock.js';

/** Goes on as time does, and can be moved. */
export class TestClock extends Clock {
  private offset = 0;
  private still: Date | null = null;
  /** The monotonic time of this turn of the event loop. */
  private turn: number | null = null;

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

  /**
   * Stands still while one piece of work runs without giving way, so that no budget of such work
   * ends because the machine is slow.
   */
  override monotonic(): number {
    if (this.turn === null) {
      this.turn = super.monotonic();
      setImmediate(() => {
        this.turn = null;
      });
    }
    return this.turn + this.offset;
  }

  /** @param milliseconds negative for earlier */
  move(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
