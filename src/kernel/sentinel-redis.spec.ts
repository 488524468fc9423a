import { afterEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Socket } from 'node:net';
import { eventually } from '../../test/support/eventually.js';
import { bulk, FakeRedis, list, simple } from '../../test/support/fake-redis.js';
import { openRedis } from './redis.js';

describe('a connection through Sentinels', () => {
  const fakes: FakeRedis[] = [];
  const clients: Redis[] = [];
  const fake = async (answer: Parameters<typeof FakeRedis.start>[0]): Promise<FakeRedis> => {
    const started = await FakeRedis.start(answer);
    fakes.push(started);
    return started;
  };

  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    for (const each of fakes.splice(0)) await each.close();
  });

  /** A server, and a Sentinel that can answer late and announce a failover. */
  async function servers(): Promise<{
    server: FakeRedis;
    url: string;
    /** Leaves the next question for the address unanswered. */
    hold(): { asked: Promise<void>; release: () => void };
    announce(): void;
  }> {
    const subscribers = new Set<Socket>();
    let held: { asked: () => void; until: Promise<void> } | null = null;
    const server = await fake(([name]) =>
      name === 'info' ? bulk('role:master\r\nredis_version:7.2.0\r\n') : simple('OK'),
    );
    const sentinel = await fake(async ([name, what, channel = ''], socket) => {
      if (name === 'subscribe') {
        subscribers.add(socket);
        return `*3\r\n${bulk('subscribe')}${bulk(what ?? '')}:1\r\n`;
      }
      if (name !== 'sentinel') return simple('OK');
      if (what === 'sentinels') return '*0\r\n';
      expect(channel).toBe('boat');
      if (held !== null) {
        held.asked();
        await held.until;
      }
      return list('127.0.0.1', String(server.port));
    });
    return {
      server,
      url: `redis+sentinel://127.0.0.1:${sentinel.port}/boat`,
      hold: () => {
        let release = (): void => undefined;
        const until = new Promise<void>((resolve) => (release = resolve));
        const asked = new Promise<void>((resolve) => (held = { asked: resolve, until }));
        return {
          asked,
          release: () => {
            held = null;
            release();
          },
        };
      },
      announce: () => {
        for (const each of subscribers)
          each.write(list('message', '+switch-master', 'boat 127.0.0.1 1 127.0.0.1 2'));
      },
    };
  }

  // `once` of node:events rejects at the error that precedes the end.
  const ended = (client: Redis): Promise<void> =>
    new Promise((resolve) => client.once('end', () => resolve()));

  function opened(url: string): Redis {
    const client = openRedis(url, { maxRetriesPerRequest: null }) as Redis;
    // Specs close connections on purpose.
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  }

  it.each([
    ['itself', (client: Redis): Redis => client],
    [
      'a duplicate',
      (client: Redis): Redis => {
        const copy = client.duplicate();
        // As above.
        copy.on('error', () => undefined);
        clients.push(copy);
        return copy;
      },
    ],
  ])('is opened again if a failover is announced while it reconnects: %s', async (_, pick) => {
    const site = await servers();
    const client = pick(opened(site.url));
    await eventually(() => client.status === 'ready', 'connected');
    const { asked, release } = site.hold();
    site.server.drop();
    await asked;
    const end = ended(client);
    site.announce();
    await eventually(
      () => !(client as unknown as { connector: { connecting: boolean } }).connector.connecting,
      'the failover detector closed the connector',
    );
    release();
    await end;
    await eventually(() => client.status === 'ready', 'connected again');
    expect(await client.ping()).toBe('OK');
  });

  it('stays closed once it is closed by us', async () => {
    const { url } = await servers();
    for (const close of [
      (client: Redis) => client.disconnect(),
      (client: Redis) => void client.quit(),
    ]) {
      const client = opened(url);
      await eventually(() => client.status === 'ready', 'connected');
      const end = ended(client);
      close(client);
      await end;
      expect(Reflect.get(client, 'reopening')).toBeNull();
    }
  });
});
