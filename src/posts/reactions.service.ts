import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { Forbidden } from '../kernel/errors.js';
import type { Viewer } from '../http/viewer.js';
import type { Reaction } from './post.dto.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { canReact } from './posts.policy.js';
import { executeIn } from '../kernel/sql.js';

/** The counter column of each kind; names from this list only ever reach the statement. */
const COLUMN: Record<Reaction['kind'], string> = {
  'same-boat': 'same_boat',
  'with-you': 'with_you',
  'thank-you': 'thank_you',
  helped: 'helped',
};

/**
 * A sign of support, given or taken back. Nobody is ranked by it, and nobody is told who gave it.
 */
@Injectable()
export class Reactions {
  constructor(
    private readonly database: Database,
    private readonly door: PostAccess,
  ) {}

  async toggle(viewer: Viewer, id: string, kind: Reaction['kind']): Promise<AccessiblePost> {
    const post = await this.door.load(viewer, id);
    if (!canReact(viewer, post))
      throw new Forbidden(
        viewer.verified ? 'posts.error.no-reaction' : 'accounts.error.unverified',
      );
    const column = COLUMN[kind];
    await this.database.inTransaction(async (tx) => {
      // The post first: two toggles at once then take turns, and the counter agrees with the rows.
      await executeIn(tx, 'select 1 from posts where id = :id for update', { id });
      const taken = await executeIn(
        tx,
        'delete from reactions where post_id = :id and member_id = :viewerId and kind = :kind',
        { id, viewerId: viewer.memberId, kind },
      );
      if (taken === 0)
        await executeIn(
          tx,
          'insert into reactions (post_id, member_id, kind) values (:id, :viewerId, :kind)',
          { id, viewerId: viewer.memberId, kind },
        );
      await executeIn(tx, `update posts set ${column} = ${column} + :value2 where id = :id`, {
        id,
        value2: taken === 0 ? 1 : -1,
      });
    });
    return post;
  }
}
