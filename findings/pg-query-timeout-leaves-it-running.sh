#!/usr/bin/env bash
# A query that timed out at the client keeps running in the database.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "a query that exceeds query_timeout is cancelled"
seen "only the promise is rejected; the server continues. statement_timeout cancels on the server"

javascript <<'JS'
import pg from 'pg';

const watcher = new pg.Client();
await watcher.connect();
for (const option of ['query_timeout', 'statement_timeout']) {
  const pool = new pg.Pool({ [option]: 300 });
  pool.on('error', () => undefined);
  const message = await pool.query(`select pg_sleep(5) /* ${option} */`)
    .catch((error) => error.message);
  const { rows: [{ n }] } = await watcher.query(
    `select count(*)::int as n from pg_stat_activity
     where state = 'active' and query like $1 and pid <> pg_backend_pid()`, [`%/* ${option} */`],
  );
  console.log(`${option}: ${message}; still running: ${n}`);
}
process.exit();
JS

shows <<'OUT'
query_timeout: Query read timeout; still running: 1
statement_timeout: canceling statement due to statement timeout; still running: 0
OUT
