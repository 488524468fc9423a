import { statSync } from 'node:fs';
import pg from 'pg';
import { migrationsRun } from '../backup/catalog.js';
import type { Messages } from '../i18n/messages.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Clock } from '../kernel/clock.js';
import { migrationClasses } from '../kernel/database.js';
import { rejectWrites, shadowTables } from './dry-run.js';
import { ImportCommunities, refuseUnknownCategories } from './import-communities.js';
import { ImportFault } from './import-fault.js';
import { ImportIndex } from './import-index.js';
import type { ImportRun, Progress } from './import-run.js';
import { ImportThreads } from './import-threads.js';
import { LossFile } from './loss-file.js';
import { logImport } from './note-import.js';
import type { OpenSource } from './open-source.js';
import { ImportReport } from './report.js';
import { readInto } from './read-into.js';
import type { ImportedCategory, ImportSource } from './source.js';
import { Staging } from './staging.js';
import { parseTargets } from './targets.js';
import { importMessages } from './words.js';

export interface ImportOptions {
  /** The kind of dump, such as `discourse`. */
  readonly source: string;
  readonly open: OpenSource;
  readonly file: string;
  /** As on the command line: SLUG or SLUG=CATEGORY. */
  readonly communities: readonly string[];
  /** Identifies the forum, so that later runs recognise what is already imported. */
  readonly origin: string;
  /** The language of new communities; null for English. */
  readonly language: string | null;
  readonly dryRun: boolean;
  /** File for all losses with their ids; null for none. */
  readonly losses: string | null;
  /** `Config.secrets`. */
  readonly secrets: readonly string[];
}

/**
 * Imports a forum. Resumable: whatever an earlier run imported is skipped.
 * @throws ImportFault if the arguments, the file or the database are invalid; nothing is written
 *   then
 */
export async function runImport(
  url: string,
  options: ImportOptions,
  messages: Messages,
  progress: Progress,
): Promise<ImportReport> {
  const { secrets } = options;
  const targets = parseTargets(options.communities);
  const language = languageOf(options, messages);
  const losses = options.losses === null ? null : new LossFile(options.losses);
  const report = new ImportReport((what, id) => losses?.add(what, id));
  const client = new pg.Client({ connectionString: url, application_name: 'sameboat import' });
  // The query that fails with the connection reports the error.
  client.on('error', () => undefined);
  await client.connect();
  let index: ImportIndex | null = null;
  try {
    await prepare(client);
    if (options.dryRun) await shadowTables(client);
    else index = await ImportIndex.open(url);
    const words = importMessages(messages, language);
    const source = await options.open({
      file: options.file,
      staging: new Staging(client),
      words,
      onBytes: counting(options.file, progress),
    });
    refuseUnknownCategories(targets, await categoriesOf(source));
    // All temporary tables exist now: from here on a dry run can only write to those.
    const run: ImportRun = { client, importId: '', now: new Clock().now(), report, index, secrets };
    await ImportThreads.prepare(client);
    if (options.dryRun) await rejectWrites(client);
    const rule = messages.text(language, 'import.rule');
    const begun = { ...run, importId: await begin(client, options, run.now) };
    const communities = new ImportCommunities(begun, targets, language, rule);
    await readInto(
      begun,
      source,
      communities,
      new ImportThreads(begun, communities, words),
      progress,
    );
    await index?.finish(client, progress);
    await end(begun, options, url);
    return report;
  } finally {
    await index?.close();
    await client.end();
    losses?.close();
  }
}

function languageOf({ language }: ImportOptions, messages: Messages): string {
  if (language === null) return messages.supported(null);
  if (messages.locales.includes(language)) return language;
  throw new ImportFault(`--language is one of ${messages.locales.join(', ')}.`);
}

async function prepare(client: pg.Client): Promise<void> {
  const ran = new Set(await migrationsRun(client));
  if (!(await migrationClasses()).every(({ name }) => ran.has(name)))
    throw new ImportFault('The schema is not that of this version: npm run migrate first.');
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1) as locked',
    [ADVISORY_LOCKS.import],
  );
  if (rows[0]?.locked !== true)
    throw new ImportFault('Another import is running: wait until it has ended.');
  // Dumps contain times without a zone, which are UTC.
  await client.query(
    `set timezone = 'UTC'; set temp_buffers = '64MB'; set work_mem = '64MB'; set jit = off`,
  );
}

async function categoriesOf(source: ImportSource): Promise<ImportedCategory[]> {
  const categories: ImportedCategory[] = [];
  for await (const record of source.records()) {
    if (record.kind === 'category') categories.push(record);
    if (record.kind === 'topic' || record.kind === 'post') break;
  }
  return categories;
}

async function begin(
  client: pg.Client,
  { source, origin }: ImportOptions,
  now: Date,
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `
      insert into imports (source, origin, begun_at)
      values ($1, $2, $3)
      on conflict (source, origin)
      do update set origin = excluded.origin
      returning id::text`,
    [source, origin, now],
  );
  return rows[0]?.id ?? '';
}

async function end(
  { client, importId, report, now }: ImportRun,
  { dryRun, source }: ImportOptions,
  url: string,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `
      select i.foreign_id as id
      from import_topics i
      left join imported_threads m on m.import_id = $1 and m.foreign_id = i.foreign_id
      where i.left_out is null and m.foreign_id is null
      order by i.created_at, i.foreign_id`,
    [importId],
  );
  for (const { id } of rows) report.lose('topic-without-posts', id);
  await client.query('update imports set finished_at = $2 where id = $1', [importId, now]);
  if (dryRun) return;
  await client.query('analyze members, threads, posts, post_words, imported_posts');
  await logImport(url, source, report);
}

function counting(file: string, progress: Progress): (bytes: number) => void {
  let done = 0;
  let all: number | null = null;
  return (bytes) => {
    all ??= statSync(file).size;
    done += bytes;
    progress('Reading', done, all);
  };
}
