#!/usr/bin/env bash
# A standby that answers queries does not accept LISTEN.
. "$(dirname "$0")/lib.sh"

postgres_15
standby
expected "a hot standby accepts anything that writes nothing: queries, LISTEN, a shared row lock"
seen "LISTEN is rejected during recovery, and so is a row lock; after promotion both work"

psql -Xqc 'create table posts (id int)'
until psql -XAtq -p 5433 -c 'select from posts' 2>/dev/null; do sleep 0.1; done
asked() {
  if psql -XAtq -p 5433 -c "$1" > answer 2>&1; then echo "$1: taken"
  else echo "$1: $(cat answer)"; fi
}
{
  asked 'select count(*) from posts'
  asked 'listen news'
  asked 'select * from posts for update'
  unprivileged "$POSTGRES/pg_ctl" -D "$PLACE/standby" -w promote >/dev/null
  echo promoted
  asked 'listen news'
  asked 'select * from posts for update'
} > output

shows <<'OUT'
select count(*) from posts: taken
listen news: ERROR:  cannot execute LISTEN during recovery
select * from posts for update: ERROR:  cannot execute SELECT FOR UPDATE in a read-only transaction
promoted
listen news: taken
select * from posts for update: taken
OUT
