#!/usr/bin/env bash
# A different check or partial index is not reported if its name is the same.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "the schema builder reports a check or an index condition that differs from the entity's"
seen "it compares checks by name, and indices by name, columns and uniqueness: no difference"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

const Note = new EntitySchema({
  name: 'note',
  columns: { id: { type: 'int', primary: true, primaryKeyConstraintName: 'note_pkey' } },
  checks: [{ name: 'note_positive', expression: 'id > 0' }],
  indices: [{ name: 'note_small', columns: ['id'], where: 'id < 100' }],
});
const source = await new DataSource({
  type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
  entities: [Note],
}).initialize();
await source.query(`
  create table note (id integer primary key, constraint note_positive check (id < 0));
  create index note_small on note (id) where id > 5000;
`);
const { upQueries } = await source.driver.createSchemaBuilder().log();
console.log('statements:', upQueries.length);
await source.destroy();
JS

shows <<'OUT'
statements: 0
OUT
