#!/usr/bin/env bash
# A list handed to a jsonb column is not written as JSON, and an empty one as something else.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "a JavaScript list becomes a JSON list, as an object becomes a JSON object"
seen "a list is sent as a PostgreSQL array: [] arrives as the object {}, other lists are refused"

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
