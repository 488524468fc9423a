import { describe, expect, it } from '@jest/globals';
import { SECOND } from './clock.js';
import { DatabaseFault, waitFor, type Waiting } from './database-wait.js';
import { Logger } from './logger.js';

const error = (facts: object): Error => Object.assign(new Error('x'), facts);
const REFUSED = error({ code: 'ECONNREFUSED', syscall: 'connect' });

/** A database that refuses with the given errors, then accepts; each attempt takes a second. */
function database(...refusals: Error[]): { waiting: Waiting; logged: string[]; attempts: number } {
  const logger = new Logger('silent', true);
  const world = { logged: [] as string[], attempts: 0, waiting: {} as Waiting };
  logger.warn = (message) => void world.logged.push(message);
  logger.info = (message) => void world.logged.push(message);
  let now = 0;
  world.waiting = {
    logger,
    clock: { monotonic: () => now },
    pause: () => Promise.resolve(),
    connect: () => {
      now += SECOND;
      world.attempts += 1;
      const refusal = refusals.shift();
      return refusal === undefined ? Promise.resolve() : Promise.reject(refusal);
    },
  };
  return world;
}

describe('waitFor', () => {
  it('says nothing if the database responds straight away', async () => {
    const { waiting, logged } = database();
    await waitFor('', 'DATABASE_URL', waiting);
    expect(logged).toEqual([]);
  });

  it('waits while the database is away or still starting, with a line before and after', async () => {
    const world = database(
      REFUSED,
      error({ code: '57P03' }),
      error({ message: 'timeout expired' }),
      error({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
    );
    await waitFor('', 'DATABASE_URL', world.waiting);
    expect(world.attempts).toBe(5);
    expect(world.logged).toEqual([
      'the database does not respond yet and is waited for',
      'the database responds',
    ]);
  });

  it('gives up after a minute with one line', async () => {
    const world = database(...Array.from({ length: 200 }, () => REFUSED));
    await expect(waitFor('', 'DATABASE_URL', world.waiting)).rejects.toThrow(
      /^The database does not respond \(ECONNREFUSED\): [^\n]+$/,
    );
    expect(world.attempts).toBe(60);
    expect(world.logged).toHaveLength(1);
  });

  it.each(['ENOTFOUND', '28P01', '28000', '3D000'])(
    'ends at once on %s, which waiting does not correct',
    async (code) => {
      const world = database(error({ code }));
      await expect(waitFor('', 'DATABASE_DIRECT_URL', world.waiting)).rejects.toBeInstanceOf(
        DatabaseFault,
      );
      expect(world).toMatchObject({ attempts: 1, logged: [] });
    },
  );

  it('stops waiting when the fault turns out to be one that stays', async () => {
    const world = database(REFUSED, error({ code: '28P01' }));
    await expect(waitFor('', 'DATABASE_URL', world.waiting)).rejects.toThrow(/refuses the user/);
    expect(world.attempts).toBe(2);
  });

  it('passes any other error on', async () => {
    const other = error({ code: '42601' });
    await expect(waitFor('', 'DATABASE_URL', database(other).waiting)).rejects.toBe(other);
  });
});
