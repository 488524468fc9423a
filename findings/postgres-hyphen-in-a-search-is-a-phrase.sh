#!/usr/bin/env bash
# A search for a hyphenated word does not find it written as two words.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "websearch_to_tsquery finds 'well being' for well-being and vice versa"
seen "a hyphen makes a phrase that starts with the whole word: well-being misses 'well being'"

sql <<'SQL'
select websearch_to_tsquery('english', 'well-being'), plainto_tsquery('english', 'well-being');
select body, asked, to_tsvector('english', body) @@ websearch_to_tsquery('english', asked) as found
from unnest(array['my well-being', 'my well being']) body,
  unnest(array['well-being', 'well being']) asked;
SQL

shows <<'OUT'
'well-b' <-> 'well'|'well-b' & 'well'
my well-being|well-being|t
my well-being|well being|t
my well being|well-being|f
my well being|well being|t
OUT
