import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';

describe('the database that comes along', () => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await newDatabase();
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it('knows the cases of every letter', async () => {
    const { rows } = await client.query(
      `select lower('ÉXITO ŁÓDŹ') as low, 'Ñandú' ilike 'ñandÚ' as alike`,
    );
    expect(rows).toEqual([{ low: 'éxito łódź', alike: true }]);
  });
});
