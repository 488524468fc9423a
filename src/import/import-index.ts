import pg from 'pg';
import { compileNamedParameters, valuesFor } from '../kernel/named-parameters.js';
import { COUNT_OUTDATED, INDEX_BATCH, INDEX_OUTDATED } from '../search/outdated-posts.js';
import type { Progress } from './import-run.js';

/** Milliseconds between checks for posts that a worker is indexing. */
const PAUSE = 200;
const QUERY = compileNamedParameters(INDEX_OUTDATED);
const VALUES = valuesFor(QUERY, { batch: INDEX_BATCH });

/**
 * Fills the search index for imported posts over a separate connection, while the next ones are
 * read and stored. The remaining work is derived from the rows, so that a worker (`reindex-posts`)
 * or the next run can resume it.
 */
export class ImportIndex {
  private running: Promise<void> | null = null;
  private fault: Error | null = null;

  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<ImportIndex> {
    const client = new pg.Client({ connectionString: url, application_name: 'sameboat import' });
    // The query that fails with the connection reports the error.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('set jit = off');
    return new ImportIndex(client);
  }

  /** Starts indexing stored posts, unless it is already running. */
  wake(): void {
    this.running ??= indexBatches(this.client)
      .catch((error: unknown) => {
        this.fault = error as Error;
      })
      .finally(() => {
        this.running = null;
      });
  }

  /**
   * Waits until every post is indexed.
   * @param other a second connection, used in parallel
   */
  async finish(other: pg.ClientBase, progress: Progress): Promise<void> {
    await this.running;
    if (this.fault !== null) throw this.fault;
    const all = await countOf(this.client);
    let left = all;
    const done = (count: number): void => {
      left -= count;
      progress('Indexing', Math.max(0, Math.min(all - left, all - 1)), all);
    };
    while (left > 0) {
      await Promise.all([indexBatches(this.client, done), indexBatches(other, done)]);
      left = await countOf(this.client);
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    progress('Indexing', 1, 1);
  }

  /** Closes the connection; others finish the pending work. */
  async close(): Promise<void> {
    await this.client.end();
    await this.running;
  }
}

/** Indexes in batches until nothing is left that is not locked by others. */
async function indexBatches(
  client: pg.ClientBase,
  onBatch: (count: number) => void = () => undefined,
): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(QUERY.text, VALUES);
    onBatch(rowCount ?? 0);
    if ((rowCount ?? 0) < INDEX_BATCH) return;
  }
}

async function countOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(COUNT_OUTDATED);
  return rows[0]?.count ?? 0;
}
