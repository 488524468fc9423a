#!/usr/bin/env bash
# Two words with a slash between them are one word to the search.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "'anxiety/panic' is found by looking for panic"
seen "the parser takes it for a file path and keeps it whole; white space round the slash helps"

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
