/** Where a server is in the write-ahead log, of which cluster and database. */
export interface ServerPosition {
  /** Bytes from the beginning of the log. */
  readonly position: bigint;
  readonly system: string;
  readonly timeline: number;
  /** The name of the database. */
  readonly name: string;
}

interface Sample {
  readonly at: number;
  readonly position: bigint;
}

/**
 * Where the primary was when. A replica's own clock and the time of its last transaction say little:
 * they cannot tell an idle primary from a lost one.
 */
export class PositionHistory {
  private samples: Sample[] = [];

  /** @param keep milliseconds that a position is remembered */
  constructor(private readonly keep: number) {}

  add(at: number, position: bigint): void {
    this.samples = [
      ...this.samples.filter((sample) => at - sample.at <= this.keep),
      { at, position },
    ];
  }

  /** A new line of history begins. */
  clear(): void {
    this.samples = [];
  }

  /**
   * @returns milliseconds since the newest remembered moment whose changes this position holds, or
   *   null where it holds none of them
   */
  lagOf(position: bigint, now: number): number | null {
    const newest = this.samples.findLast((sample) => sample.position <= position);
    return newest === undefined ? null : now - newest.at;
  }
}
