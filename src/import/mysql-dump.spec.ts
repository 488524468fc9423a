import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mysqlRows } from './mysql-dump.js';
import type { DumpRow } from './staging.js';

const FIXTURES = join('test', 'fixtures', 'import');
const HEAD = 'CREATE TABLE `a` (`id` int, `b` text, PRIMARY KEY (`id`));\n';

/** A dump in chunks of the given size. */
async function* pieces(dump: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < dump.length; at += size) {
    await Promise.resolve();
    yield dump.subarray(at, at + size);
  }
}

async function rowsOf(
  dump: Buffer | string,
  size = 65_536,
  wanted: (table: string) => boolean = () => true,
  columns?: (table: string) => readonly string[],
): Promise<DumpRow[]> {
  const rows: DumpRow[] = [];
  const options = { wanted, ...(columns === undefined ? {} : { columns }) };
  for await (const row of mysqlRows(pieces(Buffer.from(dump), size), options)) rows.push(row);
  return rows;
}

const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, name));
const values = (rows: DumpRow[], table: string, column: string): (string | null | undefined)[] =>
  rows.filter((row) => row.table === table).map((row) => row.values[row.columns.indexOf(column)]);

describe('a dump of MariaDB', () => {
  it.each(['signs.sql', 'signs-complete.sql'])('is parsed into rows: %s', async (name) => {
    const rows = await rowsOf(fixture(name));
    expect(values(rows, 'emoji', 't')).toEqual(['😀 日本', null]);
    expect(values(rows, 'plain', 'key')).toEqual(['café', 'x']);
    expect(values(rows, 'plain', 't')).toEqual([
      'line1\nline2\ttab \\ back \'single\' "double" \0nul \x1a end; -- no',
      "long; 'quoted' ".repeat(30),
    ]);
    expect(values(rows, 'plain', 'f')).toEqual(['-15000000000', '0']);
    expect(values(rows, 'plain', 'e')).toEqual(['a,b', 'c)d']);
    expect(values(rows, 'plain', 'n')).toEqual([null, '']);
    expect(values(rows, 'plain', 'd')).toEqual(['2020-01-02 03:04:05', null]);
  });

  it('does not depend on chunk boundaries', async () => {
    for (const name of ['signs.sql', 'signs-complete.sql'])
      for (const size of [1, 2, 7, 600])
        expect(await rowsOf(fixture(name), size)).toEqual(await rowsOf(fixture(name)));
  });

  it('is decoded by its character set', async () => {
    const dump = fixture('signs-latin1.sql');
    expect(dump.includes(Buffer.from('caf\xe9', 'latin1'))).toBe(true);
    expect(values(await rowsOf(dump), 'plain', 'key')).toEqual(['café', 'x']);
  });

  it('yields only the wanted tables and columns', async () => {
    const rows = await rowsOf(
      fixture('signs.sql'),
      100,
      (table) => table === 'plain',
      () => ['id', 'key'],
    );
    expect(rows.map((row) => row.values.filter((value) => value !== null))).toEqual([
      ['1', 'café'],
      ['2', 'x'],
    ]);
  });

  it.each([
    ['quotation marks that are doubled', `INSERT INTO a VALUES (1,'it''s');`, "it's"],
    ['double ones', `INSERT INTO "a" ("id", "b") VALUES (1, "x""y");`, 'x"y'],
    ['hexadecimal', 'INSERT INTO `a` VALUES (1,0x6162),(2,NULL);', 'ab'],
    ['a form in front', "INSERT INTO `a` VALUES (1,_binary 'x');", 'x'],
    ['forms of their own', "INSERT INTO `a` VALUES (1,x'6162');", 'ab'],
    ['columns in another order', "REPLACE  IGNORE INTO `a` (`b`,`id`) VALUES ('x',1);", 'x'],
    ['line breaks', "INSERT INTO `a` VALUES\n(1,'x\ny'),\n(2,'z');\n", 'x\ny'],
    ['comments', "/* it's */ # no\n-- don't\nINSERT /* x */ INTO `a` VALUES (1,'x');", 'x'],
    ['a name of the database', "USE `d`; INSERT INTO `d`.`a` VALUES (1,'x');", 'x'],
  ])('may be written in other ways: %s', async (_what, statement, wanted) => {
    const rows = await rowsOf(HEAD + statement);
    expect(values(rows, 'a', 'b')[0]).toBe(wanted);
    expect(values(rows, 'a', 'id')[0]).toBe('1');
  });

  it.each([
    ['a text', 'hello world', 'is not a dump of MySQL'],
    ['nothing', '\n', 'is not a dump of MySQL'],
    ['the middle of a row', `${HEAD}INSERT INTO a VALUES (1,'x`, 'ends too early'],
    ['the middle of a statement', 'CREATE TABLE `a` (`id` int', 'ends too early'],
    ['too few values', `${HEAD}INSERT INTO a VALUES (1);`, 'is not a dump of MySQL'],
    ['no description', "INSERT INTO a VALUES (1,'x');", 'not its definition'],
    ['two databases', `USE a; ${HEAD}USE b;`, 'more than one database'],
    ['a table twice', HEAD + HEAD, 'has the table a twice'],
    ['a strange character set', `SET NAMES sjis;${HEAD}`, 'in the character set sjis'],
  ])('is refused where it has %s', async (_what, dump, fault) => {
    await expect(rowsOf(dump)).rejects.toThrow(fault);
  });

  it('is rejected if its last lines are missing', async () => {
    const dump = fixture('signs.sql').toString('latin1');
    expect(dump).toContain('-- Dump completed');
    const cut = Buffer.from(dump.slice(0, dump.indexOf('-- Dump completed')), 'latin1');
    await expect(rowsOf(cut)).rejects.toThrow('ends too early');
  });
});
