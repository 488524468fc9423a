import { isLoopbackHost } from '../../kernel/network.js';

/** The push services of Chrome, Edge, Opera and Samsung, of Firefox, and of Safari. */
const HOSTS = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com'];
/** Host suffixes; Edge on Windows has a host per region. */
const SUFFIXES = ['.notify.windows.com', '.push.apple.com'];
/** Maximum length of an endpoint; browsers send a few hundred characters. */
const MAX_LENGTH = 1_000;

/**
 * Whether a browser's push endpoint belongs to a push service. Any other host is rejected, to
 * prevent server-side request forgery (SSRF).
 * @param others additional hosts, with a port if it is not the default; http only on this machine
 */
export function isPushService(endpoint: string, others: readonly string[]): boolean {
  if (endpoint.length > MAX_LENGTH || !URL.canParse(endpoint)) return false;
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

/** @param setting value of PUSH_SERVICES */
export function additionalServices(setting: string | undefined): string[] {
  return (setting ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}
