#!/usr/bin/env bash
# After a standby is promoted, a sequence does not continue with the next number.
. "$(dirname "$0")/lib.sh"

postgres_15
psql -Xqc 'create table posts (id bigint generated always as identity)'
standby
expected "a promoted standby continues where the primary stopped: 1, 2, then 3"
seen "the WAL records a sequence 32 numbers ahead, and the standby continues from there"

insert() { psql -XAtq -p "$1" -c 'insert into posts default values returning id'; }
{
  insert 5432
  insert 5432
  until [ "$(psql -XAtq -p 5433 -c 'select count(*) from posts')" = 2 ]; do sleep 0.1; done
  unprivileged "$POSTGRES/pg_ctl" -D "$PLACE/standby" -w promote >/dev/null
  echo promoted
  insert 5433
} > output

shows <<'OUT'
1
2
promoted
34
OUT
