import { DataSource } from 'typeorm';
import { Database, dataSourceOptions } from '../../src/kernel/database.js';
import { Sql } from '../../src/kernel/sql.js';
import { TestClock } from './clock.js';
import { newDatabase } from './databases.js';
import { allEntities } from './entities.js';
import { Factory } from './factory.js';

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly sql: Sql;
  readonly database: Database;
  readonly clock: TestClock;
  readonly make: Factory;
  close(): Promise<void>;
}

/**
 * A separate database, copied from the migrated template, with the common constructor dependencies
 * of services. Includes repositories for every entity.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url, drop } = await newDatabase();
  const dataSource = await new DataSource({
    ...dataSourceOptions(url, 6),
    entities: (await allEntities()) as never,
  }).initialize();
  const sql = new Sql(dataSource);
  return {
    url,
    dataSource,
    sql,
    database: new Database(dataSource),
    clock: new TestClock(),
    make: new Factory(dataSource),
    close: async () => {
      await sql.onApplicationShutdown();
      await dataSource.destroy();
      await drop();
    },
  };
}
