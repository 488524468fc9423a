import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { EmbeddedPostgres } from '../embedded/postgres.js';
import type { Config } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { seedBulk } from '../seed/bulk.js';
import { revertTo } from './older-schema.js';

export interface BenchOptions {
  /** Number of posts in the bulk data. */
  posts: number;
  /** Number of measurements of each figure; the median is reported with minimum and maximum. */
  rounds: number;
  /** Duration of one round in milliseconds. */
  time: number;
  /** Concurrent connections, unless a line states another number. */
  connections: number;
  /** Digests in each run, and in the run in which workers are killed. */
  members: number;
  killed: number;
  /**
   * Duration of the `endurance` load, its requests in a second, and how often it kills a process.
   */
  minutes: number;
  rate: number;
  kills: number;
  /** Kinds of text to try each pattern with, at most. */
  texts: number;
  /** Names of benches; empty for all. */
  only: string[];
  /** Folder of another built checkout, measured alternately with this one. */
  against: string | null;
}

/** A database with bulk data on loopback that a bench may modify freely. */
export interface BenchDatabase {
  readonly url: string;
  /** For files of the bench. */
  readonly folder: string;
  readonly first: string;
  readonly last: string;
  /** The longest thread. */
  readonly long: string;
  readonly options: BenchOptions;
  /**
   * Copies the current data, with the schema that another checkout expects.
   * @returns the URL of the copy, which is dropped after the bench
   */
  copyFor(checkout: string): Promise<string>;
}

export const SECRET = 'b'.repeat(40);

export const USAGE = `
npm run bench -- [options]
  --only a,b        some of the benches: NAMES
  --against FOLDER  another built checkout, measured in turns with this one, each on a copy
                    of the same data with its own schema
  --posts N         size of the bulk data, made once and kept (1000000)
  --rounds N        how often each figure is taken (5)
  --seconds N       length of one round (4)
  --connections N   that send at once (16)
  --members N       digests of one run (100000)
  --killed N        digests of the run in which workers are killed (20000)
  --texts N         kinds of text that texts tries, where --only names it (1000)
  --minutes N       load of endurance, which runs where --only names it (30)
  --rate N          its requests a second (20)
  --kills N         processes that endurance kills (50)
`;

/** @throws Error that names the unknown option, or the one with an invalid value */
export function benchOptions(args: string[], names: readonly string[]): BenchOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      only: text,
      against: text,
      posts: text,
      rounds: text,
      seconds: text,
      connections: text,
      members: text,
      killed: text,
      texts: text,
      minutes: text,
      rate: text,
      kills: text,
    },
  });
  if (values.help === true) return 'help';
  const number = (name: keyof typeof values, otherwise: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (!(value > 0)) throw new Error(`--${name} takes a number above 0`);
    return value;
  };
  const only = (values.only ?? '').split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`--only: there is no bench ${unknown}; there are ${names.join(', ')}`);
  return {
    posts: number('posts', 1_000_000),
    rounds: number('rounds', 5),
    time: number('seconds', 4) * 1_000,
    connections: number('connections', 16),
    members: number('members', 100_000),
    killed: number('killed', 20_000),
    texts: number('texts', 1_000),
    minutes: number('minutes', 30),
    rate: number('rate', 20),
    kills: number('kills', 50),
    only,
    against: values.against ?? null,
  };
}

/**
 * Bulk data is generated once and stored in a database that nothing modifies. Each bench works on a
 * fresh copy, so that it affects neither the next one nor a second run.
 */
export class BenchDatabases {
  private readonly name: string;

  private constructor(
    private readonly server: EmbeddedPostgres | null,
    private readonly serverUrl: string,
    readonly folder: string,
    private readonly options: BenchOptions,
  ) {
    this.name = `sameboat_bench_${options.posts}`;
  }

  static async open(config: Config, options: BenchOptions): Promise<BenchDatabases> {
    const folder = join(config.dataDir, 'bench');
    mkdirSync(folder, { recursive: true });
    const server = config.DATABASE_URL === undefined ? await EmbeddedPostgres.start(folder) : null;
    return new BenchDatabases(server, config.DATABASE_URL ?? server?.url ?? '', folder, options);
  }

  /**
   * Generates the bulk data, or migrates its schema. @returns seconds; null if it already existed
   */
  async prepare(): Promise<number | null> {
    const known = await this.asOwner((client) =>
      client.query('select 1 from pg_database where datname = $1', [this.name]),
    );
    if (known.rowCount === 0)
      await this.asOwner((client) => client.query(`create database ${this.name}`));
    const url = this.urlOf(this.name);
    await migrate(url);
    const { threads } = await this.rangeIn(url);
    if (threads > 0) return null;
    const { posts } = this.options;
    const tenth = Math.max(10, Math.floor(posts / 10));
    const began = performance.now();
    await seedBulk(
      url,
      { members: tenth, communities: 100, threads: tenth, posts, seed: 1 },
      () => undefined,
    );
    return (performance.now() - began) / 1_000;
  }

  /** Creates a copy for one bench, and drops it afterwards. */
  async with<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T> {
    const [run, other] = [`${this.name}_run`, `${this.name}_against`];
    try {
      await this.copy(this.name, run);
      const url = this.urlOf(run);
      const { first, last, long } = await this.rangeIn(url);
      const copyFor = async (checkout: string): Promise<string> => {
        await this.copy(run, other);
        await revertTo(checkout, this.urlOf(other));
        return this.urlOf(other);
      };
      const { folder, options } = this;
      return await work({ url, folder, first, last, long, options, copyFor });
    } finally {
      for (const name of [run, other]) await this.drop(name);
    }
  }

  private async copy(from: string, to: string): Promise<void> {
    await this.drop(to);
    await this.asOwner((client) =>
      client.query(`create database ${to} template ${from} strategy file_copy`),
    );
  }

  private async drop(name: string): Promise<void> {
    await this.asOwner((client) => client.query(`drop database if exists ${name} with (force)`));
  }

  async close(): Promise<void> {
    await this.server?.stop();
  }

  private urlOf(name: string): string {
    const url = new URL(this.serverUrl);
    url.pathname = `/${name}`;
    return url.href;
  }

  private async rangeIn(
    connectionString: string,
  ): Promise<{ threads: number; first: string; last: string; long: string }> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      const { rows } = await client.query<{
        threads: number;
        first: string;
        last: string;
        long: string;
      }>(`
        select count(*)::int as threads, coalesce(min(id), 0)::text as first,
          coalesce(max(id), 0)::text as last,
          coalesce((select id::text from threads order by reply_count desc limit 1), '0') as long
        from threads
      `);
      return rows[0] ?? { threads: 0, first: '0', last: '0', long: '0' };
    } finally {
      await client.end();
    }
  }

  private async asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.serverUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
