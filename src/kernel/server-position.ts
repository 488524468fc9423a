/** A server's position in the write-ahead log, with its cluster, timeline and database. */
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
 * When the primary was at which position. Neither a replica's clock nor the time of its last
 * transaction is enough: they cannot distinguish an idle primary from a lost one.
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

  /** Forgets all positions, because a new timeline begins. */
  clear(): void {
    this.samples = [];
  }

  /**
   * @returns milliseconds since the newest remembered time whose changes this position includes, or
   *   null if it includes none
   */
  lagOf(position: bigint, now: number): number | null {
    const newest = this.samples.findLast((sample) => sample.position <= position);
    return newest === undefined ? null : now - newest.at;
  }
}
