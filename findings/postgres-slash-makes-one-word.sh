#!/usr/bin/env bash
# Full-text search treats two words joined by a slash as one.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "'anxiety/panic' is found by searching for panic"
seen "the parser takes it for a file path and keeps it whole; spaces around the slash help"

sql <<'SQL'
select to_tsvector('english', 'anxiety/panic');
select to_tsvector('english', 'anxiety/panic') @@ to_tsquery('english', 'panic');
select to_tsvector('english', 'anxiety / panic') @@ to_tsquery('english', 'panic');
select alias, token from ts_debug('english', 'anxiety/panic');
SQL

shows <<'OUT'
'anxiety/panic':1
f
t
file|anxiety/panic
OUT
