import { describe, expect, it } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { readConfig } from './config.js';

const test = { NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) };

describe('settings', () => {
  it.each(['loopback', '10.0.0.0/8, 192.168.1.1', '::1', 'loopback,fd00::/8'])(
    'trust the proxies %s',
    (TRUST_PROXY) => {
      expect(readConfig({ ...test, TRUST_PROXY }).TRUST_PROXY).toBe(TRUST_PROXY);
    },
  );

  it('start one web process, as many as are set, or one on each processor', () => {
    expect(readConfig(test).WEB_PROCESSES).toBe(1);
    expect(readConfig({ ...test, WEB_PROCESSES: '3' }).WEB_PROCESSES).toBe(3);
    expect(readConfig({ ...test, WEB_PROCESSES: 'auto' }).WEB_PROCESSES).toBe(
      availableParallelism(),
    );
  });

  it('trust none where it says off or nothing', () => {
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
  ])('%s=%s is refused in one line that names it', (name, value) => {
    expect(() => readConfig({ ...test, [name]: value })).toThrow(
      new RegExp(`^Settings: ${name} must [^\\n]*$`),
    );
  });
});
