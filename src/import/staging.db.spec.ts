import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connected, newDatabase } from '../../test/support/databases.js';
import { ImportFault } from './import-fault.js';
import { Staging, type DumpRow } from './staging.js';

const COLUMNS = ['id', 'word', 'unwanted'];

async function* rows(): AsyncGenerator<DumpRow> {
  await Promise.resolve();
  for (let id = 1; id <= 1_200; id += 1)
    yield { table: 'posts', columns: COLUMNS, values: [String(id), `word ${id % 7}`, 'x'] };
  yield { table: 'secrets', columns: COLUMNS, values: ['1', 'never stored', 'x'] };
  yield { table: 'posts', columns: ['word', 'id'], values: ['a\tb\\c\r\nd\0e', '0'] };
  yield { table: 'posts', columns: COLUMNS, values: ['-1', null, null] };
}

describe('the staging tables', () => {
  let url: string;
  let drop: () => Promise<void>;
  let client: pg.Client;
  let staging: Staging;
  let counts: Record<string, number>;

  const all = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const found: Row[] = [];
    for await (const row of staging.read<Row>(text, values)) found.push(row);
    return found;
  };

  beforeAll(async () => {
    ({ url, drop } = await newDatabase());
    client = new pg.Client({ connectionString: url });
    await client.connect();
    staging = new Staging(client);
    counts = await staging.load(rows(), { posts: ['word', 'id', 'later'], empty: ['id'] });
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  it('load the wanted columns of the wanted tables', async () => {
    expect(counts).toEqual({ posts: 1_202, empty: 0 });
    expect(await all('select * from source_posts where id::int < 2 order by id::int')).toEqual([
      { word: null, id: '-1', later: null },
      { word: 'a\tb\\c\r\nde', id: '0', later: null },
      { word: 'word 1', id: '1', later: null },
    ]);
  });

  it('are read in order across transactions', async () => {
    const seen: number[] = [];
    const read = staging.read<{ id: number }>(
      'select id::int from source_posts where id::int > $1 order by id::int desc',
      [0],
    );
    for await (const { id } of read) {
      if (id % 400 === 0) await client.query('begin; select 1; commit');
      seen.push(id);
    }
    expect(seen).toEqual(Array.from({ length: 1_200 }, (_, at) => 1_200 - at));
  });

  it('can be read partially', async () => {
    for await (const { id } of staging.read<{ id: string }>('select id from source_posts'))
      if (id === '3') break;
    expect(await all('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('quote no invalid value in errors', async () => {
    const refused = await all('select word::int from source_posts').catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(ImportFault);
    expect((refused as Error).message).not.toContain('word 1');
  });

  it('report the position of a value of the wrong type', async () => {
    const refused = await connected(url, (other) =>
      new Staging(other)
        .load(rows(), { posts: ['word timestamptz', 'id bigint'] })
        .catch((error: unknown) => error),
    );
    expect(refused).toBeInstanceOf(ImportFault);
    expect((refused as Error).message).toContain('posts.word');
    expect((refused as Error).message).not.toContain('word 1');
  });

  it('are visible only to their connection', async () => {
    await connected(url, async (other) => {
      await expect(other.query('select 1 from source_posts')).rejects.toThrow('does not exist');
      const ours = await other.query(`select to_regclass('public.source_posts') as found`);
      expect(ours.rows).toEqual([{ found: null }]);
    });
  });
});
