import { describe, expect, it } from '@jest/globals';
import { isPushService, additionalServices } from './push-services.js';

describe('isPushService', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-db5p.notify.windows.com/w/?token=abc',
  ])('accepts that of a common browser: %s', (endpoint) => {
    expect(isPushService(endpoint, [])).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/abc',
    'https://fcm.googleapis.com@127.0.0.1/abc',
    'https://user:pass@fcm.googleapis.com/abc',
    'https://fcm.googleapis.com.example.org/abc',
    'https://evilnotify.windows.com/abc',
    'https://127.0.0.1/abc',
    'https://[::1]/abc',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/abc',
    'http://localhost/abc',
    'file:///etc/hosts',
    'abc',
    '',
    `https://fcm.googleapis.com/${'a'.repeat(1_000)}`,
  ])('rejects %s', (endpoint) => {
    expect(isPushService(endpoint, [])).toBe(false);
  });

  it('accepts hosts from the setting, over http on this machine only', () => {
    const others = additionalServices('Push.example.org, 127.0.0.1:9000, push.test:80');
    expect(others).toEqual(['push.example.org', '127.0.0.1:9000', 'push.test:80']);
    expect(isPushService('https://push.example.org/a', others)).toBe(true);
    expect(isPushService('http://push.example.org/a', others)).toBe(false);
    expect(isPushService('http://127.0.0.1:9000/a', others)).toBe(true);
    expect(isPushService('http://127.0.0.1:9001/a', others)).toBe(false);
    expect(additionalServices(undefined)).toEqual([]);
  });
});
