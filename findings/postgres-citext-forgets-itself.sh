#!/usr/bin/env bash
# A citext column is case-sensitive when it is compared with text.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "a citext column is compared case-insensitively, whatever the type of the other side"
seen "compared with text, in = any(text[]) and after trim() it is case-sensitive"

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
