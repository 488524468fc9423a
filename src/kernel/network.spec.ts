import { describe, expect, it } from '@jest/globals';
import {
  isAddressIn,
  isLoopbackAddress,
  isLoopbackHost,
  isNetwork,
  isPublicAddress,
  networkList,
  networkOfAddress,
} from './network.js';

describe('networkOfAddress and isLoopbackHost', () => {
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
  ])('map %j to %j in any notation', (address, network) => {
    expect(networkOfAddress(address)).toBe(network);
  });

  it.each([
    '127.0.0.1',
    '127.9.8.7',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::FFFF:7f00:1',
  ])('recognise %s as this machine', (address) => {
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
  ])('reject %j as this machine', (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
    expect(isLoopbackHost(address)).toBe(false);
  });

  it('treat a host name as this machine only if it is localhost', () => {
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
  ])('accept %s as a trusted proxy', (text) => {
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
  ])('reject %j as a trusted proxy', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '',
    'nonsense',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::10.0.0.1',
    '64:ff9b::10.0.0.1',
    '2002:a00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12::1',
    'fe80::1%eth0',
    'ff02::1',
  ])('rejects %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('finds an address in a list of networks, in any notation', () => {
    const list = networkList(['10.0.0.0/8', '192.168.1.7', 'fd00::/8']);
    const asked = ['10.9.9.9', '::ffff:10.0.0.1', '192.168.1.7', 'fd00::7', '192.168.1.8', '::1'];
    expect(asked.map((each) => isAddressIn(list, each))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
