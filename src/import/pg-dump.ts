import { dumpFile } from './dump-file.js';
import { ImportFault } from './import-fault.js';
import type { DumpRow } from './staging.js';

const COPY = /^COPY (?:("?)[\w$]+\1\.)?"?([\w$]+)"? \((.*)\) FROM stdin;$/;
const END = '-- PostgreSQL database dump complete';
const ESCAPED = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([^]))/g;
const SIGNS: Record<string, string> = {
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

/**
 * Streams the rows of some tables of a plain SQL dump by `pg_dump`, which has them in COPY blocks.
 * Everything else is skipped.
 * @throws ImportFault if the dump is of another kind, or truncated
 */
export async function* pgDumpRows(
  file: string,
  wanted: ReadonlySet<string>,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<DumpRow> {
  let table: string | null = null;
  let columns: string[] = [];
  let complete = false;
  for await (const line of linesOf(file, onBytes)) {
    if (table === null) {
      const [, , name, list] = COPY.exec(line) ?? [];
      if (name !== undefined) {
        table = name;
        columns = (list ?? '').split(', ').map((column) => column.replace(/^"|"$/g, ''));
      } else if (line === END) complete = true;
    } else if (line === '\\.') table = null;
    else if (wanted.has(table)) yield { table, columns, values: line.split('\t').map(valueOf) };
  }
  if (!complete)
    throw new ImportFault(
      `${file} is not a complete plain SQL dump by pg_dump: the last line that marks its end is missing.`,
    );
}

/** Lines without line terminators, independent of chunk boundaries. */
async function* linesOf(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  let first = true;
  for await (const piece of dumpFile(file, onBytes)) {
    if (first) refuseOtherFormats(file, piece);
    first = false;
    const text = decoder.decode(piece, { stream: true });
    const end = text.indexOf('\n');
    if (end < 0) {
      rest.push(text);
      continue;
    }
    const lines = text.split('\n');
    lines[0] = rest.join('') + (lines[0] ?? '');
    rest = [lines.pop() ?? ''];
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  const last = rest.join('') + decoder.decode();
  if (last !== '') yield last;
}

function refuseOtherFormats(file: string, piece: Buffer): void {
  if (piece.subarray(0, 5).toString('latin1') === 'PGDMP')
    throw new ImportFault(
      `${file} is in pg_dump's own format: pg_restore --file dump.sql ${file} turns it into plain SQL.`,
    );
  if (piece.subarray(257, 262).toString('latin1') === 'ustar')
    throw new ImportFault(
      `${file} is an archive: unpack it (tar -xf) and name the dump in it, dump.sql.gz.`,
    );
}

function valueOf(field: string): string | null {
  if (field === '\\N') return null;
  if (!field.includes('\\')) return field;
  return field.replace(ESCAPED, (_: string, octal?: string, hex?: string, sign?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return SIGNS[sign ?? ''] ?? sign ?? '';
  });
}
