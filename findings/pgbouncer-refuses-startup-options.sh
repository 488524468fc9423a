#!/usr/bin/env bash
# Startup parameters that PostgreSQL accepts make PgBouncer reject the connection.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
pgbouncer
expected "options, or pg's statement_timeout, is passed on or ignored, as application_name is"
seen "both are rejected when connecting, unless ignore_startup_parameters lists them"

javascript <<'JS'
import pg from 'pg';

const settings = [
  { application_name: 'forum' },
  { options: '-c statement_timeout=5000' },
  { statement_timeout: 5_000 },
];
for (const setting of settings) {
  const client = new pg.Client({ port: 6432, ...setting });
  const said = await client.connect().then(() => 'connected', (error) => error.message);
  console.log(JSON.stringify(setting), said);
  await client.end().catch(() => undefined);
}
JS

shows <<'OUT'
{"application_name":"forum"} connected
{"options":"-c statement_timeout=5000"} unsupported startup parameter: options
{"statement_timeout":5000} unsupported startup parameter: statement_timeout
OUT
