#!/usr/bin/env bash
# Comparing a table with a generated column fails unless TypeORM created the table.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "the schema builder reads the expression of a generated column from the catalogue"
seen "it queries a table of its own, typeorm_metadata, and fails if that does not exist"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

const Note = new EntitySchema({
  name: 'note',
  columns: { id: { type: 'int', primary: true } },
});
const source = await new DataSource({
  type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
  entities: [Note],
}).initialize();
await source.query(
  'create table note (id integer primary key, twice integer generated always as (id * 2) stored)',
);
await source.driver.createSchemaBuilder().log().then(
  ({ upQueries }) => console.log('statements:', upQueries.length),
  (error) => console.log(error.message),
);
await source.destroy();
JS

shows <<'OUT'
relation "typeorm_metadata" does not exist
OUT
