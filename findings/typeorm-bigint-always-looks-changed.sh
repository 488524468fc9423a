#!/usr/bin/env bash
# Saving the number that a bigint column already contains updates the row.
. "$(dirname "$0")/lib.sh"

packages typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2
postgres_15
expected "save() with the same number writes nothing, as for any other column"
seen "the column is read as a string, and 5 is not '5': each save() is an UPDATE and a new version"

javascript <<'JS'
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

const Count = new EntitySchema({
  name: 'count',
  columns: {
    id: { type: 'int', primary: true },
    small: { type: 'int' },
    large: { type: 'bigint' },
    version: { type: 'int', version: true },
  },
});
const source = await new DataSource({
  type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres',
  entities: [Count], synchronize: true,
}).initialize();
const counts = source.getRepository(Count);
const saved = async (value) => {
  await counts.save({ id: 1, ...value });
  return counts.findOneBy({ id: 1 });
};
const tell = (what, { small, large, version }) =>
  console.log(what, JSON.stringify({ small, large, version }));
tell('first', await saved({ small: 5, large: 5 }));
tell('small again', await saved({ small: 5 }));
tell('large again', await saved({ large: 5 }));
tell('large as read', await saved({ large: '5' }));
await source.destroy();
JS

shows <<'OUT'
first {"small":5,"large":"5","version":1}
small again {"small":5,"large":"5","version":1}
large again {"small":5,"large":"5","version":2}
large as read {"small":5,"large":"5","version":2}
OUT
