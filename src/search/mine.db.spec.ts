import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { containsAll } from './mine.queries.js';
import { likePatterns } from './mine.service.js';

/** Databases that were made before the letters of other languages counted, and those made now. */
describe.each([
  ['of its own', ''],
  ['with the locale C', `template0 locale_provider libc locale 'C'`],
])('searching own content in a database %s', (_name, template) => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await newDatabase(template);
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
    await client.query('create extension unaccent');
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it.each([
    ['ÉXITO', 'éxito', true],
    ['Éxito', 'EXITO', true],
    ['mañana', 'MAÑANA', true],
    ['Œuvre', 'oeuvre', true],
    ['éxito', 'exits', false],
  ])('%s is searched for as %s: %s', async (text, words, found) => {
    const sql = `select ${containsAll('$1::text', '$2')} as found`;
    const { rows } = await client.query(sql, [text, likePatterns(words)]);
    expect(rows).toEqual([{ found }]);
  });
});
