import { AsyncLocalStorage } from 'node:async_hooks';
import type { Replica } from './replica.js';

/** The read state of one request: its replica, and whether it has written. */
export class RequestReads {
  /** Whether the request has written; its later reads then use the primary. */
  wrote = false;
  /** Whether a replica has answered at least once. */
  lagged = false;
  /** The one replica of all the request's reads, so that reads are monotonic. */
  replica: Promise<Replica | null> | null = null;

  /**
   * @param pageOnly whether the request is read-only, so that a replica may answer
   * @param after log position of the member's own latest writes, or null if there are none
   */
  constructor(
    readonly pageOnly: boolean,
    readonly after: bigint | null,
  ) {}

  /** Directs all further reads of the request to the primary. */
  usePrimary(): void {
    this.replica = Promise.resolve(null);
  }
}

const current = new AsyncLocalStorage<RequestReads>();

/** @returns null outside a request, for example in a job */
export function requestReads(): RequestReads | null {
  return current.getStore() ?? null;
}

export function duringRequest<T>(reads: RequestReads, work: () => T): T {
  return current.run(reads, work);
}

/**
 * Runs work outside the current request's read state. Values cached for later requests are read
 * from the primary, whichever request triggered them.
 */
export function outsideRequest<T>(work: () => T): T {
  return current.exit(work);
}

/** Marks the current request, if any, as writing. */
export function noteWrite(): void {
  const reads = current.getStore();
  if (reads !== undefined) reads.wrote = true;
}
