import { describe, expect, it } from '@jest/globals';
import { queuePrefix, redisAddress, sentinelOrCluster } from './redis.js';

describe('Redis addresses', () => {
  it('name Sentinels and their name for the server', () => {
    const url =
      'redis+sentinel://user:p%40ss@one.example,two:26380,[fd00::1]:7/boat/2?sentinelPassword=s3';
    expect(sentinelOrCluster(url)).toEqual({
      mode: 'sentinel',
      tls: false,
      nodes: [
        { host: 'one.example', port: 26_379 },
        { host: 'two', port: 26_380 },
        { host: 'fd00::1', port: 7 },
      ],
      username: 'user',
      password: 'p@ss',
      name: 'boat',
      db: 2,
      sentinelPassword: 's3',
    });
  });

  it('name the nodes of a cluster', () => {
    expect(sentinelOrCluster('rediss+cluster://:secret@10.0.0.1:7000,10.0.0.2')).toMatchObject({
      mode: 'cluster',
      tls: true,
      nodes: [
        { host: '10.0.0.1', port: 7_000 },
        { host: '10.0.0.2', port: 6_379 },
      ],
      username: undefined,
      password: 'secret',
    });
  });

  it.each([
    ['redis://host:6379', true],
    ['rediss://user:secret@host/1', true],
    ['redis+sentinel://a,b,c/boat', true],
    ['redis+cluster://a,b/', true],
    ['http://host', false],
    ['redis+sentinel://a,b', false],
    ['redis+sentinel://a,,b/boat', false],
    ['redis+sentinel://a:99999/boat', false],
    ['redis+sentinel://a/boat/x', false],
    ['redis+sentinel:///boat', false],
    ['redis+cluster://a,b/1', false],
    ['redis+cluster://a?sentinelPassword=x', false],
    ['redis+cluster://a b', false],
    ['redis+other://a', false],
  ])('accept %s: %s', (url, taken) => {
    expect(redisAddress.accepts(url)).toBe(taken);
  });

  it("keep a queue's keys in one slot of a cluster, and unchanged elsewhere", () => {
    expect(queuePrefix('redis+cluster://a,b')).toBe('{bull}');
    expect(queuePrefix('redis+sentinel://a/boat')).toBe('bull');
    expect(queuePrefix('redis://a')).toBe('bull');
  });
});
