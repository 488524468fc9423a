import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/** Records which version of a community's guidelines a member agreed to. */
@Injectable()
export class Acknowledgements {
  async record(tx: Tx, memberId: string, communityId: string, version: number): Promise<void> {
    await executeIn(
      tx,
      `
        insert into guideline_acknowledgements (member_id, community_id, version)
        values (:memberId, :communityId, :version)
       on conflict (member_id, community_id)
       do update set version = greatest(guideline_acknowledgements.version, excluded.version),
         acknowledged_at = now()`,
      { memberId, communityId, version },
    );
  }
}
