import { request as httpRequest, type ClientRequestArgs } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AddressNotAllowed, checkedLookup } from '../kernel/checked-lookup.js';
import { literalAddress } from './webhook-address.js';

/** Why nothing was answered: a kind for the log, never the text of an error. */
export const FAULTS = ['address', 'name', 'certificate', 'time', 'connection'] as const;
export type Fault = (typeof FAULTS)[number];

/** What came of an attempt: the status of the answer, or why there was none. */
export type Outcome = { readonly status: number } | { readonly fault: Fault };

const PATIENCE = 10_000;

/**
 * Sends one message. Every address of the host is checked as it is connected to, so that a name
 * cannot lead elsewhere between check and use. Redirects are not followed, and the body of the
 * answer is not read.
 * @param mayReach whether an IP address may be connected to
 * @param patience milliseconds for the whole attempt: name, connection, answer
 */
export function postWebhook(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  mayReach: (address: string) => boolean,
  patience = PATIENCE,
): Promise<Outcome> {
  // Node resolves no name for an address, and so calls no `lookup`.
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
