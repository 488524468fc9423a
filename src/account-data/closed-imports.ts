import type { Tx } from '../kernel/database.js';
import { sign } from '../kernel/ids.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/**
 * The id by which a later import run recognises a member whose account was closed here, so that it
 * is not recreated. A keyed digest: for mailing lists the foreign id is a digest of the email
 * address, which anyone with a copy of the database could otherwise brute-force.
 */
export function closedImportId(secret: string, importId: string, foreignId: string): string {
  return `closed:${sign(secret, 'closed-import', `${importId} ${foreignId}`)}`;
}

/** Replaces the imported identities of a closed account. Idempotent. */
export async function detachImports(tx: Tx, memberId: string, secret: string): Promise<void> {
  const known = await queryIn<{ importId: string; foreignId: string }>(
    tx,
    `
      select import_id::text as "importId", foreign_id as "foreignId"
      from imported_members
      where member_id = :memberId
      for update
    `,
    { memberId },
  );
  for (const { importId, foreignId } of known)
    await executeIn(
      tx,
      `
        update imported_members
        set member_id = null, foreign_id = :closedId
        where import_id = :importId and foreign_id = :foreignId
      `,
      { importId, foreignId, closedId: closedImportId(secret, importId, foreignId) },
    );
}
