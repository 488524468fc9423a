import { describe, expect, it } from '@jest/globals';
import { isLoopbackAddress, isLoopbackHost, isNetwork, networkOfAddress } from './network.js';

describe('a network', () => {
  it.each([
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['2001:db8::5:6:7:8', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['2001:db8:1::', '2001:db8:1:0::/64'],
    ['2001:db8::1.2.3.4', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:cb00:7109', '203.0.113.9'],
    ['', ''],
    ['nonsense', 'nonsense'],
  ])('of %j is %j, however it is written', (address, network) => {
    expect(networkOfAddress(address)).toBe(network);
  });

  it.each([
    '127.0.0.1',
    '127.9.8.7',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::FFFF:7f00:1',
  ])('%s is this machine', (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
    expect(isLoopbackHost(address)).toBe(true);
  });

  it.each([
    '',
    '0.0.0.0',
    '::',
    '128.0.0.1',
    '10.0.0.1',
    '::2',
    '::ffff:10.0.0.1',
    '127.0.0.1.example.org',
    '1127.0.0.1',
  ])('%j is not', (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
    expect(isLoopbackHost(address)).toBe(false);
  });

  it('a server on a name is on this machine only where the name is localhost', () => {
    expect(
      ['localhost', 'LOCALHOST', '[::1]', 'boat.localhost'].filter((host) => !isLoopbackHost(host)),
    ).toEqual([]);
    expect(['boat.example', 'localhost.example', '[::]'].filter(isLoopbackHost)).toEqual([]);
  });

  it.each([
    'loopback',
    'uniquelocal',
    '10.0.0.0/8',
    '10.1.2.3',
    'fd00::/8',
    '::1',
    '2001:DB8::/32',
    '::ffff:10.0.0.0/104',
  ])('%s can be trusted as a proxy', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    'all',
    '999.1.1.1',
    '10.0.0.0/33',
    'fd00::/129',
    ':::',
    '1:2',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    'fe80::1%eth0',
  ])('%j cannot', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});
