import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { headline, snippetParts } from './snippet.js';

describe('headline', () => {
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

  const shown = async (text: string, word: string): Promise<string> => {
    const expression = headline("'english'", '$1::text', "to_tsquery('english', $2)");
    const sql = `select ${expression} as line`;
    const { rows } = await client.query<{ line: string }>(sql, [text, word]);
    return snippetParts(rows[0]?.line ?? '')
      .map((part) => (part.found ? `[${part.text}]` : part.text))
      .join('');
  };

  it.each([
    'I feel <very low> today',
    'sleep x<y today and 5 > 3',
    'I <3 walking today, <b>really</b>',
  ])('keeps every word of %s', async (words) => {
    const line = await shown(`Now and again ${words} and more of that`, 'today');
    expect(line).toContain(words.replace('today', '[today]'));
  });

  it('does not let authors write the markers', async () => {
    expect(await shown('one \uE000two\uE001 \uE002three', 'one')).toBe('[one] two three');
  });
});
