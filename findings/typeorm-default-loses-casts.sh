#!/usr/bin/env bash
# A default that contains a cast always looks changed.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "a default stated as the database writes it is no difference"
seen "casts are removed from the database's default, but not from the entity's"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

for (const stated of ["repeat('abc'::text, 2)", "repeat('abc', 2)"]) {
  const Note = new EntitySchema({
    name: 'note',
    columns: { id: { type: 'int', primary: true }, code: { type: 'text', default: () => stated } },
  });
  const source = await new DataSource({
    type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
    entities: [Note],
  }).initialize();
  await source.query(`
    create table if not exists note (id integer primary key, code text not null default ${stated})
  `);
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  console.log(`${stated}:`, upQueries.map(({ query }) => query).join('; ') || 'no difference');
  await source.destroy();
}
JS

shows <<'OUT'
repeat('abc'::text, 2): ALTER TABLE "note" ALTER COLUMN "code" SET DEFAULT repeat('abc'::text, 2)
repeat('abc', 2): no difference
OUT
