#!/usr/bin/env bash
# A list passed as a jsonb parameter is not sent as JSON, and an empty one becomes an object.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "a JavaScript array becomes a JSON array, just as an object becomes a JSON object"
seen "it is sent as a PostgreSQL array: [] becomes the object {}, other arrays are rejected"

javascript <<'JS'
import pg from 'pg';

const client = new pg.Client();
await client.connect();
for (const value of [{ a: 1 }, [], ['a'], JSON.stringify([])]) {
  const kept = await client.query('select $1::jsonb as value', [value]).then(
    ({ rows }) => JSON.stringify(rows[0].value), (error) => error.message,
  );
  console.log(JSON.stringify(value), '->', kept);
}
await client.end();
JS

shows <<'OUT'
{"a":1} -> {"a":1}
[] -> {}
["a"] -> invalid input syntax for type json
"[]" -> []
OUT
