import { AsyncLocalStorage } from 'node:async_hooks';
import type { Replica } from './replica.js';

/** Where one request reads, and whether it has written. */
export class RequestReads {
  /** It has changed something; what it reads then comes from the primary. */
  wrote = false;
  /** A replica has answered at least once. */
  lagged = false;
  /** The replica of all its reads, so that what it reads never goes back in time. */
  replica: Promise<Replica | null> | null = null;

  /**
   * @param pageOnly whether the request only reads, so that a replica may answer
   * @param after the position in the log that its own writes have reached; null for none
   */
  constructor(
    readonly pageOnly: boolean,
    readonly after: bigint | null,
  ) {}

  /** From here on it reads from the primary. */
  usePrimary(): void {
    this.replica = Promise.resolve(null);
  }
}

const current = new AsyncLocalStorage<RequestReads>();

/** @returns null outside of a request, as in a job */
export function requestReads(): RequestReads | null {
  return current.getStore() ?? null;
}

export function duringRequest<T>(reads: RequestReads, work: () => T): T {
  return current.run(reads, work);
}

/** What is kept in memory for later requests is read from the primary, whoever's request began it. */
export function outsideRequest<T>(work: () => T): T {
  return current.exit(work);
}

/** The running request, if there is one, changes something. */
export function noteWrite(): void {
  const reads = current.getStore();
  if (reads !== undefined) reads.wrote = true;
}
