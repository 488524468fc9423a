import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ImportFault } from './import-fault.js';
import { pgDumpRows } from './pg-dump.js';
import type { DumpRow } from './staging.js';

const DUMP = String.raw`--
-- PostgreSQL database dump
--
CREATE TABLE public.posts (id integer, raw text, "order" integer);
COPY public.posts (id, raw, "order") FROM stdin;
1	a\tb\\c\nd \x41\102 é	\N
2		7
3	\\.	0
\.
COPY public.secrets (id, raw) FROM stdin;
1	hidden
\.
COPY topics (id) FROM stdin;
9
\.
--
-- PostgreSQL database dump complete
--
`;

describe('a dump of PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-pg-dump-'));
  const read = async (bytes: string | Buffer): Promise<DumpRow[]> => {
    const path = join(folder, 'dump.sql');
    writeFileSync(path, bytes);
    const rows: DumpRow[] = [];
    for await (const row of pgDumpRows(path, new Set(['posts', 'topics']))) rows.push(row);
    return rows;
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('yields the rows of the wanted tables unescaped', async () => {
    const expected = [
      ['posts', ['1', 'a\tb\\c\nd AB é', null]],
      ['posts', ['2', '', '7']],
      ['posts', ['3', '\\.', '0']],
      ['topics', ['9']],
    ];
    for (const bytes of [DUMP, DUMP.replaceAll('\n', '\r\n'), gzipSync(DUMP)]) {
      const rows = await read(bytes);
      expect(rows.map(({ table, values }) => [table, values])).toEqual(expected);
      expect(rows[0]?.columns).toEqual(['id', 'raw', 'order']);
    }
  });

  it('does not depend on chunk boundaries', async () => {
    const long = 'é'.repeat(400_000);
    const rows = await read(DUMP.replace('hidden', long).replace('2\t\t7', `2\t${long}\t7`));
    expect(rows[1]?.values[1]).toBe(long);
  });

  it('is rejected if it is of another kind, or truncated', async () => {
    const archive = Buffer.alloc(600);
    archive.write('ustar', 257);
    for (const bytes of ['PGDMP\0\0', archive, DUMP.slice(0, -40), 'not a dump\n'])
      await expect(read(bytes)).rejects.toThrow(ImportFault);
  });
});
