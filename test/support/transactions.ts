import { eventually } from './eventually.js';
import type { Factory } from './factory.js';

/**
 * Waits until no transaction on the server predates the recorded changes. Transactions of other
 * specs, in their own databases, also hold back the page marks.
 */
export async function transactionsEnded(make: Factory): Promise<void> {
  await eventually(
    async () =>
      (
        await make.one<{ ended: boolean }>(`
          select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > coalesce(
            (
              select max(xid)
              from page_changes
              where xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            ),
            0
          ) as ended
        `)
      ).ended,
    'the end of older transactions',
  );
}
