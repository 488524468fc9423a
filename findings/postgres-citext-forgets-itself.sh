#!/usr/bin/env bash
# A column that does not heed case heeds it as soon as the other side has a type.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "a citext column compares without regard to case, whatever it is compared with"
seen "against text, in = any(text[]) and after trim() it compares as text does"

sql <<'SQL'
create extension citext;
create table members (handle citext);
insert into members values ('Ann');
select handle = 'ANN' as literal, handle in ('ANN') as listed,
  handle = 'ANN'::text as text, handle = any (array['ANN']::text[]) as any_text,
  handle = any (array['ANN']::citext[]) as any_citext, trim(handle) = 'ANN' as trimmed
from members \gx
prepare typed (text) as select count(*) from members where handle = $1;
execute typed ('ANN');
SQL

shows <<'OUT'
CREATE EXTENSION
CREATE TABLE
INSERT 0 1
literal|t
listed|t
text|f
any_text|f
any_citext|t
trimmed|f
PREPARE
0
OUT
