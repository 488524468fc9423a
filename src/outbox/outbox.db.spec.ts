import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import { Queues, type JobIds, type QueueName } from '../queue/queues.js';
import { declaredEvents, event, Outbox } from './outbox.js';
import type { EventRoutes } from './event-route.js';
import { Relay } from './relay.js';

class RecordingQueues extends Queues {
  readonly jobs: { queue: QueueName; job: string; ids: JobIds; id: string | undefined }[] = [];
  away = false;

  override add(
    queue: QueueName,
    job: string,
    ids: JobIds,
    options: { id?: string } = {},
  ): Promise<void> {
    if (this.away) return Promise.reject(new Error('away'));
    this.jobs.push({ queue, job, ids, id: options.id });
    return Promise.resolve();
  }
}

const happened = event<{ thingId: string }>('thing.happened');
const routes: EventRoutes = new Map([
  [
    'thing.happened',
    [
      { name: 'tell-of-thing', queue: 'default' },
      { name: 'count-thing', queue: 'bulk' },
    ],
  ],
]);

describe('the outbox', () => {
  let db: TestDatabase;
  let queues: RecordingQueues;
  let relay: Relay;
  const outbox = new Outbox();
  const happen = (thingId: string) =>
    db.database.inTransaction((tx) => outbox.append(tx, happened({ thingId })));
  const waiting = () => db.make.rows('select id from outbox where dispatched_at is null');

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => {
    (declaredEvents() as Set<string>).delete('thing.happened');
    await db.close();
  });
  beforeEach(async () => {
    await db.make.rows('delete from outbox');
    const config = readConfig({
      NODE_ENV: 'test',
      SECRET_KEY: 'a'.repeat(40),
      DATABASE_URL: db.url,
    });
    queues = new RecordingQueues(config);
    relay = new Relay(config, db.database, queues, new Logger('silent', true));
  });

  it('discards the events of a rolled-back transaction', async () => {
    await expect(
      db.database.inTransaction(async (tx) => {
        await outbox.append(tx, happened({ thingId: '1' }));
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await waiting()).toEqual([]);
  });

  it('is dispatched in order, with a separate id per job', async () => {
    for (const id of ['1', '2', '3']) await happen(id);
    expect(await relay.carry(routes)).toBe(3);
    expect(queues.jobs.map(({ queue, job, ids }) => [queue, job, ids.thingId])).toEqual(
      ['1', '2', '3'].flatMap((id) => [
        ['default', 'tell-of-thing', id],
        ['bulk', 'count-thing', id],
      ]),
    );
    expect(new Set(queues.jobs.map(({ id }) => id)).size).toBe(6);
    expect(await waiting()).toEqual([]);
    expect(await relay.carry(routes)).toBe(0);
  });

  it('waits while the queue is unreachable, and then dispatches under the same ids', async () => {
    await happen('1');
    queues.away = true;
    await expect(relay.carry(routes)).rejects.toThrow('away');
    expect((await waiting()).length).toBe(1);
    queues.away = false;
    await relay.carry(routes);
    const [row] = (await db.make.rows('select id from outbox')) as [{ id: string }];
    expect(queues.jobs.map(({ id }) => id)).toEqual([
      `outbox-${row.id}-tell-of-thing`,
      `outbox-${row.id}-count-thing`,
    ]);
  });

  it('dispatches each event once with two relays', async () => {
    for (let n = 0; n < 300; n += 1) await happen(String(n));
    const other = new Relay(
      readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) }),
      db.database,
      queues,
      new Logger('silent', true),
    );
    const carried = await Promise.all([
      relay.carry(routes),
      other.carry(routes),
      relay.carry(routes),
    ]);
    expect(carried.reduce((all, one) => all + one, 0)).toBe(300);
    expect(new Set(queues.jobs.map(({ id }) => id)).size).toBe(queues.jobs.length);
  });
});
