import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { wordPattern } from '../accounts/reading-preferences.js';

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

  it('mutes a word with an accent however it is written, and no longer word with it', async () => {
    const texts = [
      ['Ébola otra vez', true],
      ['el ÉBOLA', true],
      ['antiébola', false],
    ] as const;
    for (const [text, muted] of texts) {
      const asked = [text, wordPattern('ébola')];
      const { rows } = await client.query('select $1::text ~* $2 as muted', asked);
      expect([text, rows]).toEqual([text, [{ muted }]]);
    }
  });
});
