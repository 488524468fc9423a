#!/usr/bin/env bash
# A failover announced while ioredis asks a Sentinel for the server again.
source "$(dirname "$0")/lib.sh"

packages ioredis@5.11.1
expected 'the client connects to the server that the Sentinel names'
seen 'its status becomes "end", and it never connects again, whatever its retryStrategy says'

javascript <<'JS'
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

const bulk = (text) => `$${text.length}\r\n${text}\r\n`;
const list = (...items) => `*${items.length}\r\n${items.map(bulk).join('')}`;

// Both servers answer commands in the Redis protocol, one at a time.
const serve = async (answer) => {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', async (chunk) => {
      const lines = chunk.toString().split('\r\n');
      for (let at = 0; lines[at]?.startsWith('*'); ) {
        const count = Number(lines[at].slice(1));
        const words = Array.from({ length: count }, (_, n) => lines[at + 2 + 2 * n].toLowerCase());
        at += 1 + 2 * count;
        socket.write(await answer(words, socket));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, drop: () => sockets.forEach((each) => each.destroy()) };
};

const subscribers = new Set();
let late = null;
const master = await serve(([name]) => (name === 'info' ? bulk('role:master\r\n') : '+OK\r\n'));
const sentinel = await serve(async ([name, what], socket) => {
  if (name === 'subscribe') {
    subscribers.add(socket);
    return `*3\r\n${bulk('subscribe')}${bulk(what)}:1\r\n`;
  }
  if (what === 'sentinels') return '*0\r\n';
  if (what !== 'get-master-addr-by-name') return '+OK\r\n';
  await late?.();
  return list('127.0.0.1', String(master.port));
});

const client = new Redis({
  sentinels: [{ host: '127.0.0.1', port: sentinel.port }],
  name: 'main',
  failoverDetector: true,
  retryStrategy: () => 10,
});
client.on('error', (error) => console.log('error:', error.message));
await new Promise((resolve) => client.once('ready', resolve));
while (subscribers.size === 0) await new Promise(setImmediate);

// The connection is lost, and the failover is announced while the Sentinel is asked.
late = async () => {
  late = null;
  for (const each of subscribers)
    each.write(list('message', '+switch-master', 'main 127.0.0.1 1 127.0.0.1 2'));
  await new Promise((resolve) => setTimeout(resolve, 200));
};
master.drop();
await new Promise((resolve) => setTimeout(resolve, 2_000));
console.log('status after two seconds:', client.status);
await client.ping().catch((error) => console.log('ping:', error.message));
process.exit(0);
JS

shows <<'RECORDED'
error: Connection is closed.
status after two seconds: end
ping: Connection is closed.
RECORDED
