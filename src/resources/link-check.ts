import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { AddressNotAllowed, checkedLookup } from '../kernel/checked-lookup.js';
import { isPublicAddress as isPublicIp } from '../kernel/network.js';

/** `unknown`: the address may well be there, but did not say so to a program. */
export type LinkState = 'works' | 'gone' | 'unknown';

/** Asks an address once. @returns the status after redirects @throws where no answer came */
export type AskAddress = (url: string) => Promise<number>;

const PATIENCE = 15_000;
const MOST_REDIRECTS = 10;
const GONE = new Set([404, 410]);

/**
 * A GET without cookies or a referrer: many servers refuse HEAD. The body is not read. It names
 * what asks and nothing else. Each address is checked as it is connected to, and so is each that a
 * redirect leads to: no link makes this server ask something of its own network.
 * @param mayReach whether an IP address may be connected to
 */
export function askingPublic(mayReach: (address: string) => boolean): AskAddress {
  return async (address) => {
    const signal = AbortSignal.timeout(PATIENCE);
    let url = new URL(address);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const { status, location } = await getOnce(url, mayReach, signal);
      if (status < 300 || status >= 400 || location === undefined) return status;
      if (!URL.canParse(location, url.href)) return status;
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol)) return status;
    }
    throw new Error('too many redirects');
  };
}

export const askAddress: AskAddress = (url) => askingPublic(isPublicIp)(url);

function getOnce(
  url: URL,
  mayReach: (address: string) => boolean,
  signal: AbortSignal,
): Promise<{ status: number; location: string | undefined }> {
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) !== 0 && !mayReach(literal)) return Promise.reject(new AddressNotAllowed());
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const req = send(
      url,
      {
        agent: false,
        lookup: checkedLookup(mayReach),
        signal,
        headers: { 'User-Agent': 'Sameboat link check', Accept: 'text/html' },
      },
      (res) => {
        resolve({ status: res.statusCode ?? 0, location: res.headers.location });
        res.destroy();
      },
    );
    req.on('error', reject);
    req.end();
  });
}

/** Whether a link leads into the public web, as it is written: by name, with http or https. */
export function isPublicLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 && host.includes('.') && !/\.(local|localhost|internal)\.?$/i.test(host);
}

/**
 * What an address answers. Refusals, faults and timeouts say nothing about the page that people
 * see: only "not found", "gone" and a name that nobody knows do.
 */
export async function linkState(address: string, ask: AskAddress): Promise<LinkState> {
  if (!isPublicLink(address)) return 'unknown';
  try {
    const status = await ask(address);
    if (GONE.has(status)) return 'gone';
    return status >= 200 && status < 300 ? 'works' : 'unknown';
  } catch (error) {
    return (error as { code?: unknown }).code === 'ENOTFOUND' ? 'gone' : 'unknown';
  }
}
