import type { Server } from 'node:http';

export interface Patience {
  /** Milliseconds for the headers, from the connection on. */
  readonly headers: number;
  /** Milliseconds for a whole request. */
  readonly request: number;
  /** Milliseconds between two looks at all connections. */
  readonly check: number;
}

/** A mail of 16 MB comes within it at 150 KB a second; a form much sooner. */
const PATIENCE: Patience = { headers: 15_000, request: 120_000, check: 5_000 };

/**
 * Ends connections that bring nothing, or bring it too slowly: otherwise a few clients can hold all
 * that there are. They are answered 408.
 * @param server before it listens
 */
export function limitSlowClients(server: Server, patience = PATIENCE): void {
  server.headersTimeout = patience.headers;
  server.requestTimeout = patience.request;
  // Node reads it when it begins to listen; its types know it as an option alone.
  Object.assign(server, { connectionsCheckingInterval: patience.check });
}
