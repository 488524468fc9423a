import { Clock } from '../../src/kernel/clock.js';

/** A clock that runs in real time and can be moved. */
export class TestClock extends Clock {
  private offset = 0;
  private still: Date | null = null;
  /** The monotonic time of the current turn of the event loop. */
  private turn: number | null = null;

  override now(): Date {
    return new Date((this.still ?? super.now()).getTime() + this.offset);
  }

  /**
   * Stops the clock, which then only moves explicitly, so that no time window ends because the
   * machine is slow.
   */
  freeze(): void {
    this.still ??= super.now();
  }

  /**
   * Constant during synchronous work, so that no time budget runs out because the machine is slow.
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

  /** As constant as the monotonic time, with which it moves. */
  override processorTime(): number {
    return this.monotonic();
  }

  /** @param milliseconds negative moves it back */
  move(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
