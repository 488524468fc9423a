import { describe, expect, it } from '@jest/globals';
import { networkList } from '../kernel/network.js';
import { isAllowedAddress, webhookAddress } from './webhook-address.js';

const live = { production: true };
const local = { production: false };
const inside = { production: true, WEBHOOK_NETWORKS: networkList(['10.0.0.0/8']) };

describe('the address of an endpoint', () => {
  it.each(['https://hooks.example/in?x=1', 'https://1.1.1.1:8443/', 'https://[2606:4700::1]/'])(
    'is on the internet: %s',
    (text) => {
      expect(webhookAddress(text, live)?.href).toBe(text);
    },
  );

  it.each([
    '',
    'hooks.example',
    'http://hooks.example/',
    'ftp://hooks.example/',
    'https://user:secret@hooks.example/',
    'https://hooks.example/ x',
    'https://10.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest',
    `https://hooks.example/${'x'.repeat(300)}`,
  ])('is not %s', (text) => {
    expect(webhookAddress(text, live)).toBeNull();
  });

  it('may be http on loopback only in development', () => {
    for (const text of ['http://127.0.0.1:9/', 'http://[::1]/', 'http://localhost:8080/in']) {
      expect(webhookAddress(text, local)?.href).toBe(text);
      expect(webhookAddress(text, live)).toBeNull();
    }
    expect(webhookAddress('http://hooks.example/', local)).toBeNull();
    expect(webhookAddress('http://10.0.0.1/', local)).toBeNull();
  });

  it('may be in an allowed private network, over https only', () => {
    expect(webhookAddress('https://10.1.2.3/', inside)?.hostname).toBe('10.1.2.3');
    expect(webhookAddress('http://10.1.2.3/', inside)).toBeNull();
    expect(webhookAddress('https://192.168.0.1/', inside)).toBeNull();
    expect(
      ['10.1.2.3', '192.168.0.1', '1.1.1.1'].map((each) => isAllowedAddress(each, inside)),
    ).toEqual([true, false, true]);
  });

  it('has its fragment removed', () => {
    expect(webhookAddress('https://hooks.example/#part', live)?.href).toBe(
      'https://hooks.example/',
    );
  });
});
