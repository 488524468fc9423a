import { isLoopbackHost } from '../../kernel/network.js';

/** The push services of Chrome, Edge, Opera and Samsung, of Firefox, and of Safari. */
const HOSTS = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com'];
/** Edge on Windows has a host for each region. */
const SUFFIXES = ['.notify.windows.com', '.push.apple.com'];
/** Browsers send some hundred characters. */
const LONGEST = 1_000;

/**
 * Whether a browser's push endpoint belongs to a push service. Anything else is refused, so that
 * nobody can have this server send requests to a host of their choice.
 * @param others hosts, with a port where it is not the usual one; http only on this machine
 */
export function isPushService(endpoint: string, others: readonly string[]): boolean {
  if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false;
  const { protocol, host, hostname, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (protocol === 'http:') return others.includes(host) && isLoopbackHost(hostname);
  return (
    protocol === 'https:' &&
    (HOSTS.includes(host) ||
      SUFFIXES.some((suffix) => host.endsWith(suffix)) ||
      others.includes(host))
  );
}

/** @param setting PUSH_SERVICES */
export function otherServices(setting: string | undefined): string[] {
  return (setting ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}
