#!/usr/bin/env bash
# In a UTF-8 database with --locale=C, accented letters are not letters.
. "$(dirname "$0")/lib.sh"

postgres_18 C
expected "with UTF8, lower('É') is 'é' and ilike finds it, whatever the locale"
seen "under C only ASCII letters have case; under the builtin C.UTF-8 all of Unicode"

javascript <<'JS'
import pg from 'pg';

const asking = async (database, work) => {
  const client = new pg.Client({ database });
  await client.connect();
  const { rows } = await client.query(work);
  await client.end();
  return rows;
};
const question = `select lower('ÉXITO'), 'ÉXITO' ilike 'éxito' as found, 'é' ~ '\\w' as letter,
  to_tsvector('simple', 'ÉXITO') as words`;
await asking('postgres', `create database builtin template template0
  locale_provider builtin builtin_locale 'C.UTF-8'`);
console.log('C', JSON.stringify(await asking('postgres', question)));
console.log('C.UTF-8', JSON.stringify(await asking('builtin', question)));
JS

shows <<'OUT'
C [{"lower":"Éxito","found":false,"letter":false,"words":"'Éxito':1"}]
C.UTF-8 [{"lower":"éxito","found":true,"letter":true,"words":"'éxito':1"}]
OUT
