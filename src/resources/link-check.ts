import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { AddressNotAllowed, checkedLookup } from '../kernel/checked-lookup.js';
import { isPublicAddress as isPublicIp } from '../kernel/network.js';

/** `unknown`: the page may exist, but the server did not confirm it to a program. */
export type LinkState = 'works' | 'gone' | 'unknown';

/** Requests a URL once. @returns the status after redirects @throws if there is no response */
export type RequestStatus = (url: string) => Promise<number>;

const TIMEOUT = 15_000;
const MAX_REDIRECTS = 10;
const GONE = new Set([404, 410]);

/**
 * Sends a GET without cookies or referrer, as many servers reject HEAD. The user agent identifies
 * the program only, and the body is not read. Each address is checked when connecting, including
 * those of redirects, so that no link can reach the internal network (SSRF).
 * @param mayReach whether connecting to an IP address is allowed
 */
export function publicRequest(mayReach: (address: string) => boolean): RequestStatus {
  return async (address) => {
    const signal = AbortSignal.timeout(TIMEOUT);
    let url = new URL(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const { status, location } = await getOnce(url, mayReach, signal);
      if (status < 300 || status >= 400 || location === undefined) return status;
      if (!URL.canParse(location, url.href)) return status;
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol)) return status;
    }
    throw new Error('too many redirects');
  };
}

export const requestStatus: RequestStatus = (url) => publicRequest(isPublicIp)(url);

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

/** Whether a URL has the form of a public one: http or https with a host name. */
export function isPublicLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 && host.includes('.') && !/\.(local|localhost|internal)\.?$/i.test(host);
}

/**
 * The state of a link. Rejections, errors and timeouts prove nothing; only "not found", "gone" and
 * an unknown host name do.
 */
export async function linkState(address: string, ask: RequestStatus): Promise<LinkState> {
  if (!isPublicLink(address)) return 'unknown';
  try {
    const status = await ask(address);
    if (GONE.has(status)) return 'gone';
    return status >= 200 && status < 300 ? 'works' : 'unknown';
  } catch (error) {
    return (error as { code?: unknown }).code === 'ENOTFOUND' ? 'gone' : 'unknown';
  }
}
