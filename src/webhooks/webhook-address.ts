import { isIP } from 'node:net';
import type { Config } from '../kernel/config.js';
import {
  isAddressIn,
  isLoopbackAddress,
  isLoopbackHost,
  isPublicAddress,
} from '../kernel/network.js';

type Networks = Pick<Config, 'production' | 'WEBHOOK_NETWORKS'>;

const MAX_LENGTH = 300;

/**
 * Whether a webhook may connect to an IP address: a public one, or one in a network that the
 * operator allows. In development and tests, also loopback.
 */
export function isAllowedAddress(
  address: string,
  { production, WEBHOOK_NETWORKS }: Networks,
): boolean {
  return (
    isPublicAddress(address) ||
    (WEBHOOK_NETWORKS !== undefined && isAddressIn(WEBHOOK_NETWORKS, address)) ||
    (!production && isLoopbackAddress(address))
  );
}

/** The literal IP address in a URL; null if it contains a host name. */
export function literalAddress(url: URL): string | null {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
}

/**
 * Validates the URL of an endpoint: https (in development and tests also http on loopback), without
 * credentials. The addresses behind a host name are checked when connecting.
 * @returns null if webhooks cannot be sent there
 */
export function webhookAddress(text: string, networks: Networks): URL | null {
  if (text.length > MAX_LENGTH || /\s/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.hash = '';
  const local = !networks.production && isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return null;
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_LENGTH) return null;
  const address = literalAddress(url);
  return address === null || isAllowedAddress(address, networks) ? url : null;
}
