import type { Server } from 'node:http';

export interface ClientTimeouts {
  /** Milliseconds for receiving the headers, from the start of the connection. */
  readonly headers: number;
  /** Milliseconds for receiving a whole request. */
  readonly request: number;
  /** Milliseconds between two checks of all connections. */
  readonly check: number;
}

/** An email of 16 MB fits into this at 150 KB per second; a form takes far less. */
const TIMEOUTS: ClientTimeouts = { headers: 15_000, request: 120_000, check: 5_000 };

/**
 * Closes connections that send nothing or too slowly with 408; otherwise a few clients could occupy
 * all connections (slowloris).
 * @param server must not be listening yet
 */
export function limitSlowClients(server: Server, patience = TIMEOUTS): void {
  server.headersTimeout = patience.headers;
  server.requestTimeout = patience.request;
  // Node reads the property when it starts to listen, but its types only have the option.
  Object.assign(server, { connectionsCheckingInterval: patience.check });
}
