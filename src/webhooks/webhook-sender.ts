import { request as httpRequest, type ClientRequestArgs } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AddressNotAllowed, checkedLookup } from '../kernel/checked-lookup.js';
import { literalAddress } from './webhook-address.js';

/** Why there was no response: a kind for the log, never an error message. */
export const FAULTS = ['address', 'name', 'certificate', 'time', 'connection'] as const;
export type Fault = (typeof FAULTS)[number];

/** The outcome of an attempt: the response status, or why there was none. */
export type Outcome = { readonly status: number } | { readonly fault: Fault };

const TIMEOUT = 10_000;

/**
 * Sends one message. Every resolved address is checked when connecting, which rules out DNS
 * rebinding. Redirects are not followed, and the response body is not read.
 * @param mayReach whether connecting to an IP address is allowed
 * @param patience timeout in milliseconds for the whole attempt: lookup, connection, response
 */
export function postWebhook(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  mayReach: (address: string) => boolean,
  patience = TIMEOUT,
): Promise<Outcome> {
  // For a literal IP address Node does not call `lookup`.
  const address = literalAddress(url);
  if (address !== null && !mayReach(address)) return Promise.resolve({ fault: 'address' });
  const options: ClientRequestArgs = {
    method: 'POST',
    agent: false,
    lookup: checkedLookup(mayReach),
    signal: AbortSignal.timeout(patience),
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Sameboat-Webhooks',
      ...headers,
    },
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const req = send(url, options, (res) => {
      resolve({ status: res.statusCode ?? 0 });
      res.destroy();
    });
    req.on('error', (error) => resolve({ fault: faultOf(error) }));
    req.end(body);
  });
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$/;

function faultOf(error: Error & { code?: unknown }): Fault {
  if (error instanceof AddressNotAllowed) return 'address';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'time';
  const code = String(error.code);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name';
  return CERTIFICATE.test(code) ? 'certificate' : 'connection';
}
