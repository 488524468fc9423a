#!/usr/bin/env bash
# COMMIT of a failed transaction raises no error, although it rolls back.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "COMMIT fails if an earlier statement of the transaction failed"
seen "COMMIT succeeds; only its command tag says ROLLBACK"

javascript <<'JS'
import pg from 'pg';

const client = new pg.Client();
await client.connect();
await client.query('create table notes (body text not null)');
await client.query('begin');
await client.query(`insert into notes values ('kept?')`);
await client.query('insert into notes values (null)').catch((error) => console.log(error.message));
console.log('commit answers', (await client.query('commit')).command);
console.log('notes', (await client.query('select from notes')).rowCount);
await client.end();
JS

shows <<'OUT'
null value in column "body" of relation "notes" violates not-null constraint
commit answers ROLLBACK
notes 0
OUT
