#!/usr/bin/env bash
# Some types are parsed differently inside an array.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "the values of an array have the types they have on their own; an enum's array is a list"
seen "numeric is a string on its own and a number in an array; an array of an enum is one string"

javascript <<'JS'
import pg from 'pg';

const client = new pg.Client();
await client.connect();
await client.query(`create type mood as enum ('low', 'fair')`);
const { rows: [row] } = await client.query(`select
  1.10::numeric as n, array[1.10::numeric] as ns, 2::bigint as b, array[2::bigint] as bs,
  'low'::mood as m, array['low', 'fair']::mood[] as ms`);
for (const [name, value] of Object.entries(row)) console.log(name, JSON.stringify(value));
await client.end();
JS

shows <<'OUT'
n "1.10"
ns [1.1]
b "2"
bs ["2"]
m "low"
ms "{low,fair}"
OUT
