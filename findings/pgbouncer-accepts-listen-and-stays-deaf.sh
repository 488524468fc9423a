#!/usr/bin/env bash
# LISTEN through a pooler succeeds, but no notification arrives.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
pgbouncer
expected "in transaction pooling LISTEN is rejected, as it cannot work"
seen "it succeeds like any command; later notifications reach nobody"

javascript <<'JS'
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';

const listening = async (port) => {
  const client = new pg.Client({ port });
  await client.connect();
  const listener = { client, heard: 0 };
  client.on('notification', () => { listener.heard += 1; });
  listener.answer = (await client.query('listen news')).command;
  return listener;
};
const direct = await listening(5432);
const pooled = await listening(6432);
const teller = new pg.Client({ port: 5432 });
await teller.connect();
await teller.query('notify news');
while (direct.heard === 0) await wait(20);
await wait(500);
await pooled.client.query('select 1');
console.log(`PostgreSQL answers ${direct.answer}, heard ${direct.heard}`);
console.log(`PgBouncer answers ${pooled.answer}, heard ${pooled.heard}`);
await Promise.all([direct.client, pooled.client, teller].map((client) => client.end()));
JS

shows <<'OUT'
PostgreSQL answers LISTEN, heard 1
PgBouncer answers LISTEN, heard 0
OUT
