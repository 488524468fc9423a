import { ADVISORY_LOCKS } from '../../kernel/advisory-locks.js';
import type { Tx } from '../../kernel/database.js';
import { freeSlug, slugOf } from '../../content/slug.js';
import { newToken } from '../../kernel/ids.js';
import { executeIn, queryIn } from '../../kernel/sql.js';
import { RESERVED_SLUGS } from './vocabulary.js';

/** Twelve random lower-case letters and digits. */
export function randomLetters(): string {
  return newToken(9)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x');
}

/**
 * Generates the slug of a new strategy. Serialised by an advisory lock, so that concurrent
 * proposals get different slugs.
 */
export async function freeStrategySlug(tx: Tx, name: string): Promise<string> {
  const slug = slugOf(name, { prefix: 'strategy', longest: 60, reserved: RESERVED_SLUGS });
  await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
    lock: ADVISORY_LOCKS.strategySlugs,
  });
  const taken = await queryIn<{ slug: string }>(
    tx,
    'select slug from coping_strategies where slug = :slug',
    { slug },
  );
  return freeSlug(
    slug,
    taken.map((row) => row.slug),
    () => randomLetters().slice(0, 6),
  );
}
