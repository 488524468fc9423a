import type { Tx } from '../../kernel/database.js';

/** Keeps what a strategy says now, before it says something else. Locks the row. */
export async function keepWording(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query('select 1 from coping_strategies where id = $1 for update', [id]);
  await tx.query(
    `insert into coping_strategy_versions (strategy_id, version, wording, replaced_at)
     select s.id, s.version,
       jsonb_build_object('name', s.name, 'summary', s.summary, 'steps', s.steps, 'fits', s.fits,
         'fitsNot', s.fits_not, 'minutes', s.minutes),
       $2
     from coping_strategies s where s.id = $1 on conflict do nothing`,
    [id, now],
  );
}
