#!/usr/bin/env bash
# LIKE on citext costs more at the start of each execution than ILIKE on text.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "LIKE on citext costs what ILIKE on text costs"
seen "a prepared statement with forty of them takes over three times as long, on a single row"

sql <<'SQL'
set jit = off;
create extension citext;
create table people as select 'Ann@posts.example'::citext as address;
create function forty(condition text) returns text language sql as
  $$ select 'select ' || string_agg(condition, ', ') || ' from people' from generate_series(1, 40) $$;
create function least_of(condition text) returns interval language plpgsql as $$
declare
  begun timestamptz;
  least interval := interval '1 hour';
begin
  execute 'prepare checked as ' || forty(condition);
  for run in 1 .. 15 loop
    begun := clock_timestamp();
    for time in 1 .. 200 loop
      execute 'execute checked';
    end loop;
    least := least(least, clock_timestamp() - begun);
  end loop;
  execute 'deallocate checked';
  return least;
end $$;
select address like '%@POSTS.example' as citext, address::text ilike '%@POSTS.example' as text
from people;
select prosrc, l.lanname from pg_proc p join pg_language l on l.oid = p.prolang
where p.oid = (select oprcode from pg_operator where oprname = '~~' and oprleft = 'citext'::regtype
  and oprright = 'citext'::regtype);
select least_of($$address like '%@POSTS.example'$$)
  > 3 * least_of($$address::text ilike '%@POSTS.example'$$) as thrice;
SQL

shows <<'OUT'
SET
CREATE EXTENSION
SELECT 1
CREATE FUNCTION
CREATE FUNCTION
t|t
texticlike|internal
t
OUT
