import { describe, expect, it } from '@jest/globals';
import { comparableAddress } from './mail-address.js';

describe('addresses', () => {
  it.each([
    ['Ann@Example.org', 'ann@example.org'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['ann@post.bücher.example', 'ann@post.xn--bcher-kva.example'],
    ['ann@POST.XN--BCHER-KVA.example', 'ann@post.bücher.example'],
  ])('are equal: %s, %s', (one, other) => {
    expect(comparableAddress(one)).toBe(comparableAddress(other));
  });

  it.each([
    ['ann@example.org', 'ann@example.com'],
    ['ann@bucher.example', 'ann@bücher.example'],
    ['ann+a@example.org', 'ann@example.org'],
    ['ann@example.org', 'bob@example.org'],
    ['ann@a b', 'ann@'],
  ])('differ: %s, %s', (one, other) => {
    expect(comparableAddress(one)).not.toBe(comparableAddress(other));
  });
});
