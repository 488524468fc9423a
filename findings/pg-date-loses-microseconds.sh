#!/usr/bin/env bash
# A timestamp read into a Date is not equal to the stored timestamp.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "a row is found by the timestamp read from it, and is not later than it"
seen "a Date holds milliseconds: the row is not found, and is later than its own timestamp"

javascript <<'JS'
import pg from 'pg';

const client = new pg.Client();
await client.connect();
await client.query(`create table posts (at timestamptz);
  insert into posts values ('2026-01-02 10:00:00.123456Z')`);
const [{ at }] = (await client.query('select at from posts')).rows;
console.log('read', at.toISOString());
for (const sign of ['=', '<=', '>']) {
  const { rowCount } = await client.query(`select from posts where at ${sign} $1`, [at]);
  console.log(`rows with at ${sign} that time: ${rowCount}`);
}
await client.end();
JS

shows <<'OUT'
read 2026-01-02T10:00:00.123Z
rows with at = that time: 0
rows with at <= that time: 0
rows with at > that time: 1
OUT
