import type { Tx } from '../../kernel/database.js';
import { executeIn } from '../../kernel/sql.js';

/** Stores the current texts as a past version before they change. Locks the row. */
export async function saveVersion(tx: Tx, id: string, now: Date): Promise<void> {
  await executeIn(tx, 'select 1 from coping_strategies where id = :id for update', { id });
  await executeIn(
    tx,
    `insert into coping_strategy_versions (strategy_id, version, wording, replaced_at)
     select s.id, s.version,
       jsonb_build_object('name', s.name, 'summary', s.summary, 'steps', s.steps, 'fits', s.fits,
         'fitsNot', s.fits_not, 'minutes', s.minutes),
       :now
     from coping_strategies s where s.id = :id on conflict do nothing`,
    { id, now },
  );
}
