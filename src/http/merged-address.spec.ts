import { describe, expect, it } from '@jest/globals';
import { ThreadMerged } from '../kernel/errors.js';
import { mergedAddress } from './merged-address.js';

describe('the address of a merged thread', () => {
  const merged = new ThreadMerged('12', '7');

  it.each([
    ['/t/12', '/t/7'],
    ['/t/12/follow', '/t/7/follow'],
    ['/t/12/split?from=12', '/t/7/split?from=12'],
    ['/api/v1/threads/12', '/api/v1/threads/7'],
    ['/api/v1/threads/12/posts?page=2', '/api/v1/threads/7/posts?page=2'],
    ['/t/123', '/t/7'],
    ['/other', '/t/7'],
  ])('replaces the thread in %s', (url, address) => {
    expect(mergedAddress(url, merged)).toBe(address);
  });

  it('is a post of it, if that is known', () => {
    expect(mergedAddress('/t/12', new ThreadMerged('12', '7', '/t/7#post-9'))).toBe('/t/7#post-9');
  });
});
