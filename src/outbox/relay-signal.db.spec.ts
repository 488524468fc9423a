import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Sql } from '../kernel/sql.js';
import { RelaySignal } from './relay-signal.js';

let db: TestDatabase;
let relay: PoolClient;
let heard = 0;

beforeAll(async () => {
  db = await testDatabase();
  relay = await db.sql.pool.connect();
  relay.on('notification', () => (heard += 1));
  await relay.query('listen outbox');
});
afterAll(async () => {
  await relay.query('unlisten outbox');
  relay.release();
  await db.close();
});

it('notifies once for all commits that were scheduled meanwhile, also when the process stops', async () => {
  const signal = new RelaySignal(db.sql);
  await signal.flush();
  for (let n = 0; n < 20; n += 1) signal.schedule();
  await signal.beforeApplicationShutdown();
  await signal.flush();
  await relay.query('select 1');
  expect(heard).toBe(1);
});

it('leaves the events to the next poll if the database is away', async () => {
  class Away extends Sql {
    override rows(): Promise<never> {
      return Promise.reject(new Error('away'));
    }
  }
  const signal = new RelaySignal(Object.create(Away.prototype) as Away);
  signal.schedule();
  await expect(signal.flush()).resolves.toBeUndefined();
});
