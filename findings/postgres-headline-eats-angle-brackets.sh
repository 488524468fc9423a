#!/usr/bin/env bash
# The extract of a search result leaves out words of the text.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "ts_headline returns words of the text, with the matches highlighted"
seen "anything between < and > is treated as a tag and left out, even in plain text"

sql <<'SQL'
select ts_headline('english', 'I feel <very low> today', to_tsquery('english', 'today'));
select ts_headline('english', 'Sleep x<y today and 5 > 3', to_tsquery('english', 'today'));
select ts_headline('english', 'I <3 walking today', to_tsquery('english', 'today'));
SQL

shows <<'OUT'
I feel   <b>today</b>
Sleep x  3
I <3 walking <b>today</b>
OUT
