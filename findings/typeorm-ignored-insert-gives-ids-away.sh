#!/usr/bin/env bash
# With orIgnore, the id of the inserted row is assigned to the wrong object.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "each object gets the id of its own row, and the ignored one gets none"
seen "the first object gets the id of the first row that was inserted, whichever row that is"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

const Tag = new EntitySchema({
  name: 'tag',
  columns: {
    id: { type: 'int', primary: true, generated: true },
    name: { type: 'text', unique: true },
  },
});
const source = await new DataSource({
  type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
  entities: [Tag], synchronize: true,
}).initialize();
await source.query(`insert into tag (name) values ('sleep')`);
const tags = [{ name: 'sleep' }, { name: 'work' }];
await source.createQueryBuilder().insert().into(Tag).values(tags).orIgnore().execute();
const rows = await source.query('select id, name from tag');
const byId = new Map(rows.map((row) => [row.id, row.name]));
for (const { id, name } of tags) {
  console.log(`object '${name}':`, id === undefined ? 'no id' : `the id of '${byId.get(id)}'`);
}
await source.destroy();
JS

shows <<'OUT'
object 'sleep': the id of 'work'
object 'work': no id
OUT
