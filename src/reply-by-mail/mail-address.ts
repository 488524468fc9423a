import { domainToASCII } from 'node:url';

/**
 * Normalises an address for comparison: lower case, with its domain in Punycode, so that
 * `xn--bcher-kva` and `bücher` are equal at every level.
 */
export function comparableAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return address.trim().toLowerCase();
  const domain = address.slice(at + 1).trim();
  const ascii = domainToASCII(domain);
  return `${address.slice(0, at).trim()}@${ascii === '' ? domain : ascii}`.toLowerCase();
}
