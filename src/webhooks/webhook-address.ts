import { isIP } from 'node:net';
import type { Config } from '../kernel/config.js';
import {
  isAddressIn,
  isLoopbackAddress,
  isLoopbackHost,
  isPublicAddress,
} from '../kernel/network.js';

type Networks = Pick<Config, 'production' | 'WEBHOOK_NETWORKS'>;

const LONGEST = 300;

/**
 * Whether a webhook may go to an IP address: one of the internet, or of a network that the operator
 * allows. In development and tests this machine as well.
 */
export function mayReach(address: string, { production, WEBHOOK_NETWORKS }: Networks): boolean {
  return (
    isPublicAddress(address) ||
    (WEBHOOK_NETWORKS !== undefined && isAddressIn(WEBHOOK_NETWORKS, address)) ||
    (!production && isLoopbackAddress(address))
  );
}

/** The IP address that a URL names itself; null where a name stands in it. */
export function literalAddress(url: URL): string | null {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
}

/**
 * The address of an endpoint: https, or in development and tests http on this machine; without a
 * name or password. What a host name leads to is checked when something is sent.
 * @returns null where webhooks cannot go there
 */
export function webhookAddress(text: string, networks: Networks): URL | null {
  if (text.length > LONGEST || /\s/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.hash = '';
  const local = !networks.production && isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return null;
  if (url.username !== '' || url.password !== '' || url.href.length > LONGEST) return null;
  const address = literalAddress(url);
  return address === null || mayReach(address, networks) ? url : null;
}
