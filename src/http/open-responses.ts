import type { ServerResponse } from 'node:http';

/**
 * The responses that have not ended. Not a `Set`: where values come and go, it often gets a new
 * table, and V8 keeps the values of all earlier ones until a full collection of garbage (see
 * `findings/v8-replaced-set-tables-keep-values.sh`). Nearly every request outlived young
 * collections, so that full ones came several times as often.
 */
export class OpenResponses {
  private readonly slots: (ServerResponse | null)[] = [];
  private readonly free: number[] = [];

  get size(): number {
    return this.slots.length - this.free.length;
  }

  /** @returns the slot to delete it from */
  add(res: ServerResponse): number {
    const slot = this.free.pop() ?? this.slots.length;
    this.slots[slot] = res;
    return slot;
  }

  /** @param slot from `add`, once */
  delete(slot: number): void {
    this.slots[slot] = null;
    this.free.push(slot);
  }

  [Symbol.iterator](): Iterator<ServerResponse> {
    return this.slots.filter((res) => res !== null).values();
  }
}
