import type { Tx } from '../kernel/database.js';
import { sign } from '../kernel/ids.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/**
 * Under which id a later run of an import knows a member whose account was closed here, so that it
 * makes none anew. Of a mailing list the id elsewhere is a digest of the address: whoever has a
 * copy of the database could try addresses on it, and cannot on this one without the key.
 */
export function closedImportId(secret: string, importId: string, foreignId: string): string {
  return `closed:${sign(secret, 'closed-import', `${importId} ${foreignId}`)}`;
}

/** Takes off the closed account what it was elsewhere. Running again changes nothing more. */
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
