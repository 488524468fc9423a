#!/usr/bin/env bash
# The same RETURNING clause gives rows for one statement, and a pair for another.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "query() returns the rows that the statement returns"
seen "after UPDATE and DELETE it returns [rows, count]; after INSERT, SELECT and WITH the rows"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource } from 'typeorm';

const source = await new DataSource({
  type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
}).initialize();
await source.query('create table notes (id int)');
for (const text of [
  'insert into notes values (1) returning id',
  'update notes set id = 2 returning id',
  'with moved as (update notes set id = 3 returning id) select id from moved',
  'delete from notes returning id',
]) {
  console.log(`${text}: ${JSON.stringify(await source.query(text))}`);
}
await source.destroy();
JS

shows <<'OUT'
insert into notes values (1) returning id: [{"id":1}]
update notes set id = 2 returning id: [[{"id":2}],1]
with moved as (update notes set id = 3 returning id) select id from moved: [{"id":3}]
delete from notes returning id: [[{"id":3}],1]
OUT
