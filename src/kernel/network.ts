import { BlockList, isIP, isIPv4 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Parses an IPv6 address in any notation into its eight groups.
 * @param address a valid address without a zone
 */
function groupsOf(address: string): number[] {
  // The URL parser converts a dotted-decimal suffix to hexadecimal and everything to lower case.
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [numbers(head), numbers(tail ?? '')];
  return [
    ...before,
    ...Array.from({ length: 8 - before.length - after.length }, () => 0),
    ...after,
  ];
}

/**
 * Normalises an address for comparison: without a zone, and IPv4-mapped IPv6 (RFC 4291, 2.5.5.2) as
 * IPv4.
 */
function plainAddress(address: string): { address: string; groups: number[] | null } | null {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return { address: bare, groups: null };
  if (isIP(bare) !== 6) return null;
  const groups = groupsOf(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!mapped) return { address: bare, groups };
  const [high = 0, low = 0] = groups.slice(6);
  return { address: [high >> 8, high & 255, low >> 8, low & 255].join('.'), groups: null };
}

/**
 * The network of an address in canonical notation: an IPv4 address itself, or the /64 of an IPv6
 * address, which is one household or server (RFC 6177).
 * @returns the text unchanged if it is not an address
 */
export function networkOfAddress(address: string): string {
  const plain = plainAddress(address);
  if (plain === null) return address;
  if (plain.groups === null) return plain.address;
  return `${plain.groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Non-public networks (RFC 6890), and those that relay to other addresses. */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/**
 * The only globally routed IPv6 range (RFC 4291, 2.4), and the special-purpose ranges within it.
 */
const GLOBAL_V6 = networkList(['2000::/3']);
const NOT_GLOBAL_V6 = networkList(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
const notPublic = networkList(NOT_PUBLIC);

/** @param networks addresses or networks as `isNetwork` accepts them, but no range names */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}

/** Whether an address, in any notation, belongs to one of the networks. */
export function isAddressIn(list: BlockList, address: string): boolean {
  const plain = plainAddress(address);
  return plain !== null && list.check(plain.address, plain.groups === null ? 'ipv4' : 'ipv6');
}

/** Whether an address is public, that is, in no private, local or reserved network. */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (plain === null) return false;
  if (plain.groups === null) return !notPublic.check(plain.address, 'ipv4');
  return isAddressIn(GLOBAL_V6, plain.address) && !isAddressIn(NOT_GLOBAL_V6, plain.address);
}

/** Whether an address is a loopback address, in any notation. */
export function isLoopbackAddress(address: string): boolean {
  const plain = plainAddress(address);
  return plain !== null && loopback.check(plain.address, plain.groups === null ? 'ipv4' : 'ipv6');
}

/**
 * Whether a server that listens on this host is reachable only from this machine.
 * @param host a name or an address, with or without brackets
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare.endsWith('.localhost') || isLoopbackAddress(bare);
}

const NAMED = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Whether Express accepts this as a trusted proxy: a named range, an address, or a network such as
 * 10.0.0.0/8.
 */
export function isNetwork(text: string): boolean {
  if (NAMED.includes(text)) return true;
  const [address = '', prefix, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || more !== undefined) return false;
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  );
}
