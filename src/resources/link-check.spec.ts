import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, linkState } from './link-check.js';

const failing = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });

describe('the check of a link', () => {
  it.each([
    [200, 'works'],
    [204, 'works'],
    [404, 'gone'],
    [410, 'gone'],
    // Many sites refuse programs and let people in.
    [403, 'unknown'],
    [429, 'unknown'],
    [500, 'unknown'],
    [304, 'unknown'],
  ] as const)('takes %i for %s', async (status, state) => {
    expect(await linkState('https://help.example.org/', () => Promise.resolve(status))).toBe(state);
  });

  it.each([
    ['ENOTFOUND', 'gone'],
    ['ECONNREFUSED', 'unknown'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unknown'],
  ] as const)('takes %s for %s', async (code, state) => {
    expect(await linkState('https://help.example.org/', () => Promise.reject(failing(code)))).toBe(
      state,
    );
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'http://localhost/',
    'http://printer.local/',
    'http://db.internal/',
    'ftp://help.example.org/',
    'no address',
  ])('asks nothing of %s', async (address) => {
    expect(isPublicAddress(address)).toBe(false);
    let asked = false;
    const ask = (): Promise<number> => {
      asked = true;
      return Promise.resolve(200);
    };
    expect(await linkState(address, ask)).toBe('unknown');
    expect(asked).toBe(false);
  });
});
