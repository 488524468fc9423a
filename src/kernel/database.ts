import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Injectable } from '@nestjs/common';
import {
  DataSource,
  DefaultNamingStrategy,
  type DataSourceOptions,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type QueryDeepPartialEntity,
} from 'typeorm';
import { PostgresNaming } from './naming-strategy.js';
import { MIGRATIONS } from './paths.js';

export type Tx = EntityManager;

// A migration holds this while it runs; a second process waits its turn.
const MIGRATION_LOCK = 7_262_628;

type Migration = new () => { up(): Promise<void>; down(): Promise<void> };

/**
 * The migrations in the order of their file names. They are TypeScript that Node runs as it stands.
 */
export async function migrationClasses(): Promise<Migration[]> {
  const files = readdirSync(MIGRATIONS)
    .filter((name) => /^\d{13}-[a-z0-9-]+\.ts$/.test(name))
    .sort();
  const modules = await Promise.all(
    files.map(
      (name) =>
        import(pathToFileURL(join(MIGRATIONS, name)).href) as Promise<Record<string, Migration>>,
    ),
  );
  return modules.flatMap((module) => Object.values(module));
}

/** The times in the names of the migrations that this version comes with, the oldest first. */
export function migrationTimes(): string[] {
  return readdirSync(MIGRATIONS)
    .flatMap((name) => /^(\d{13})-[a-z0-9-]+\.ts$/.exec(name)?.[1] ?? [])
    .sort();
}

/**
 * Pages are many small queries: starting a helper or a compiler for one costs more than it saves.
 */
export const PAGE_SETTINGS = '-c max_parallel_workers_per_gather=0 -c jit=off';

export function dataSourceOptions(url: string, poolSize = 16): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'sameboat',
    poolSize,
    migrationsTableName: 'schema_migrations',
    namingStrategy: new PostgresNaming(),
    // Migrations create them; the application's role need not be allowed to.
    installExtensions: false,
    extra: {
      options: PAGE_SETTINGS,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    },
    // An idle connection that the server closes is replaced at the next query; it must not end the
    // process.
    poolErrorHandler: () => undefined,
  };
}

/** A data source of its own for migrations and tools, without entities. */
export async function openForMigrations(url: string): Promise<DataSource> {
  const migrations = (await migrationClasses()) as unknown as MixedList<string>;
  return new DataSource({
    ...dataSourceOptions(url, 2),
    // The table of migrations keeps the key's name that installations have.
    namingStrategy: new DefaultNamingStrategy(),
    migrations,
  } as DataSourceOptions).initialize();
}

async function underLock<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}

/** Runs what is missing, one process at a time. @returns the names of the migrations that ran */
export async function migrate(url: string): Promise<string[]> {
  const source = await openForMigrations(url);
  try {
    return await underLock(source, async () =>
      (await source.runMigrations({ transaction: 'each' })).map((done) => done.name),
    );
  } finally {
    await source.destroy();
  }
}

/** Takes back the newest migration. */
export async function revertMigration(url: string): Promise<void> {
  const source = await openForMigrations(url);
  try {
    await underLock(source, () => source.undoLastMigration({ transaction: 'each' }));
  } finally {
    await source.destroy();
  }
}

/** Transactions. `tx` is handed on as a parameter, never found in the surroundings. */
@Injectable()
export class Database {
  constructor(private readonly source: DataSource) {}

  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.source.transaction(work);
  }
}

/**
 * Inserts one row.
 * @returns the id that the database gave it, or that `row` brought along
 */
export async function insertOne<Row extends { id: string }>(
  tx: Tx,
  entity: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
): Promise<string> {
  const { identifiers } = await tx.getRepository(entity).insert(row);
  const id: unknown = identifiers[0]?.id;
  if (typeof id !== 'string') throw new Error('the insert gave no id');
  return id;
}

/** True for PostgreSQL's complaint about a second row under a unique key. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  const known = error as {
    code?: string;
    constraint?: string;
    driverError?: { code?: string; constraint?: string };
  };
  const inner = known.driverError ?? known;
  return inner.code === '23505' && (constraint === undefined || inner.constraint === constraint);
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/**
 * True when the database could not be reached, or left in the middle; false for every complaint
 * about a statement.
 */
export function isDatabaseAway(error: unknown): boolean {
  const known = error as {
    code?: string;
    message?: string;
    driverError?: unknown;
    errors?: unknown[];
  };
  if (known.code !== undefined && (AWAY.has(known.code) || known.code.startsWith('08')))
    return true;
  if (
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      known.message ?? '',
    )
  )
    return true;
  if (known.driverError !== undefined && known.driverError !== error)
    return isDatabaseAway(known.driverError);
  return known.errors?.some(isDatabaseAway) ?? false;
}
