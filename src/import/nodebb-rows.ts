import { dumpFile } from './dump-file.js';
import { ImportFault } from './import-fault.js';
import { jsonLines } from './json-lines.js';
import type { SourceInput } from './open-source.js';
import { pgDumpRows } from './pg-dump.js';
import type { DumpRow } from './staging.js';

/** The columns to stage for each kind of object, by NodeBB's names. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  user: ['uid', 'username', 'email', 'email:confirmed', 'joindate', 'banned', 'banned:expire'],
  category: ['cid', 'name', 'description', 'disabled', 'link'],
  topic: ['tid', 'cid', 'title', 'timestamp', 'deleted', 'locked', 'mainPid', 'scheduled'],
  post: ['pid', 'tid', 'uid', 'timestamp', 'edited', 'deleted', 'toPid', 'content'],
};

export const NODEBB_TABLES: Readonly<Record<string, readonly string[]>> = {
  ...KINDS,
  privilege: ['cid', 'privilege', 'member'],
  mask: ['cid', 'privilege'],
  left: ['what', 'id'],
};

type Data = Readonly<Record<string, unknown>>;

/** Streams the rows of a NodeBB database: exported from MongoDB, or dumped from PostgreSQL. */
export async function* nodebbRows({ file, onBytes }: SourceInput): AsyncGenerator<DumpRow> {
  const rows = (await startsWithBrace(file))
    ? fromMongo(file, onBytes)
    : fromPostgres(file, onBytes);
  for await (const row of rows) if (row !== null) yield row;
}

async function startsWithBrace(file: string): Promise<boolean> {
  for await (const chunk of dumpFile(file)) {
    const text = chunk.toString('latin1', 0, 64).trimStart();
    if (text !== '') return /^[{[]/.test(text);
  }
  throw new ImportFault(`${file} is empty.`);
}

async function* fromMongo(
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<DumpRow | null> {
  for await (const object of jsonLines(dumpFile(file, onBytes))) {
    const key = object._key;
    if (typeof key !== 'string') continue;
    yield hashRow(key, object);
    if (object.value !== undefined) yield memberRow(key, textOf(object.value) ?? '');
    if (Array.isArray(object.members))
      for (const member of object.members) yield memberRow(key, textOf(member) ?? '');
  }
}

async function* fromPostgres(
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<DumpRow | null> {
  const tables = new Set(['legacy_hash', 'legacy_zset', 'legacy_set']);
  for await (const { table, columns, values } of pgDumpRows(file, tables, onBytes)) {
    const value = (column: string): string => values[columns.indexOf(column)] ?? '';
    const key = value('_key');
    if (table !== 'legacy_hash')
      yield memberRow(key, value(table === 'legacy_set' ? 'member' : 'value'));
    else if (HASH.test(key)) yield hashRow(key, JSON.parse(value('data')) as Data);
  }
}

const HASH = /^(user|category|topic|post|message|post:queue):(\S+)$/;
const MEMBERS = /^(?:group:)?cid:(\d+):privileges:groups:((?:topics:)?read)(?::members)?$/;
const MASK = /^cid:(\d+):privilegeMask$/;
const NUMBER = /^\d{1,15}$/;

function hashRow(key: string, data: Data): DumpRow | null {
  const [, kind = '', id = ''] = HASH.exec(key) ?? [];
  if (kind === '') return null;
  if (kind === 'message') return NUMBER.test(id) ? left('private-message', id) : null;
  if (id.startsWith('queue:')) return left('unapproved-post', id.slice(6));
  const columns = KINDS[kind] ?? [];
  if (!NUMBER.test(id)) {
    // Objects of federated servers have a URL as id.
    return /^https?:/.test(id) && kind !== 'user' ? left(`${kind}-of-another-server`, null) : null;
  }
  const values = columns.map((column, at) => (at === 0 ? id : textOf(data[column])));
  return { table: kind, columns, values };
}

function memberRow(key: string, member: string): DumpRow | null {
  const [, cid, privilege] = MEMBERS.exec(key) ?? [];
  if (cid !== undefined && privilege !== undefined)
    return { table: 'privilege', columns: PRIVILEGE, values: [cid, privilege, member] };
  const masked = MASK.exec(key)?.[1];
  return masked === undefined ? null : { table: 'mask', columns: MASKED, values: [masked, member] };
}
const PRIVILEGE = ['cid', 'privilege', 'member'];
const MASKED = ['cid', 'privilege'];
const LEFT = ['what', 'id'];

function left(what: string, id: string | null): DumpRow {
  return { table: 'left', columns: LEFT, values: [what, id] };
}

/** MongoDB exports long integers and dates as objects. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
  if (typeof value !== 'object' || value === null) return null;
  const [inner] = Object.values(value) as unknown[];
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : null;
}
