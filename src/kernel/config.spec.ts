import { describe, expect, it } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { readConfig } from './config.js';

const test = { NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) };

describe('settings', () => {
  it.each(['loopback', '10.0.0.0/8, 192.168.1.1', '::1', 'loopback,fd00::/8'])(
    'accept %s as trusted proxies',
    (TRUST_PROXY) => {
      expect(readConfig({ ...test, TRUST_PROXY }).TRUST_PROXY).toBe(TRUST_PROXY);
    },
  );

  it('start one web process, a fixed number, or one per processor', () => {
    expect(readConfig(test).WEB_PROCESSES).toBe(1);
    expect(readConfig({ ...test, WEB_PROCESSES: '3' }).WEB_PROCESSES).toBe(3);
    expect(readConfig({ ...test, WEB_PROCESSES: 'auto' }).WEB_PROCESSES).toBe(
      availableParallelism(),
    );
  });

  it('trust no proxy when TRUST_PROXY is off or empty', () => {
    expect(readConfig({ ...test, TRUST_PROXY: 'off' }).TRUST_PROXY).toBeUndefined();
    expect(readConfig({ ...test, TRUST_PROXY: '' }).TRUST_PROXY).toBeUndefined();
  });

  it.each([
    ['TRUST_PROXY', 'somebody'],
    ['TRUST_PROXY', 'true'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['SMTP_URL', 'x'],
    ['BASE_URL', 'x'],
    ['PORT', 'x'],
    ['PORT', '70000'],
    ['WEB_PROCESSES', '0'],
    ['WEB_PROCESSES', 'many'],
    ['LOG_LEVEL', 'loud'],
    ['SECRET_KEY', 'short'],
    ['MAIL_FROM', 'nobody'],
  ])('reject %s=%s in one line that names the setting', (name, value) => {
    expect(() => readConfig({ ...test, [name]: value })).toThrow(
      new RegExp(`^Settings: ${name} must [^\\n]*$`),
    );
  });
});
