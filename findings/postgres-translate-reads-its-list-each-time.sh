#!/usr/bin/env bash
# translate() is slower than a regular expression for a long list of characters.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "translate() is the cheaper way to replace characters: it needs no regular expression"
seen "each character is compared with the whole list: 55 entries cost over ten times as much"

sql <<'SQL'
set jit = off;
create table texts as select string_agg('letters and words ' || n, ', ') as body
from generate_series(1, 3000) n;
create function least_of(condition text) returns interval language plpgsql as $$
declare
  begun timestamptz;
  least interval := interval '1 hour';
begin
  for run in 1 .. 15 loop
    begun := clock_timestamp();
    execute 'select count(*) from texts where ' || condition;
    least := least(least, clock_timestamp() - begun);
  end loop;
  return least;
end $$;
select translate(body, '!"#%&()*,-./:;?@[]_{}~', repeat(' ', 22))
  = regexp_replace(body, '[!"#%&()*,./:;?@\[\]_{}~-]', ' ', 'g') as the_same from texts;
select least_of($$translate(body, '!"#%&()*,-./:;?@[]_{}~' || repeat('^', 33), repeat(' ', 55)) = 'x'$$)
  > 10 * least_of($$regexp_replace(body, '[!"#%&()*,./:;?@\[\]_{}~^-]', ' ', 'g') = 'x'$$)
  as ten_times;
SQL

shows <<'OUT'
SET
SELECT 1
CREATE FUNCTION
t
t
OUT
