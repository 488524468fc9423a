import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { Forbidden } from '../kernel/errors.js';
import type { Viewer } from '../http/viewer.js';
import type { Reaction } from './post.dto.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { canReact } from './posts.policy.js';
import { executeIn } from '../kernel/sql.js';

/** The counter column of each kind: an allow-list, since column names cannot be parameters. */
const COLUMN: Record<Reaction['kind'], string> = {
  'same-boat': 'same_boat',
  'with-you': 'with_you',
  'thank-you': 'thank_you',
  helped: 'helped',
};

/** Supportive reactions. They never rank anybody, and who gave one is shown to nobody. */
@Injectable()
export class Reactions {
  constructor(
    private readonly database: Database,
    private readonly access: PostAccess,
  ) {}

  /**
   * Adds a reaction, or removes it if the viewer has already given it.
   * @throws Forbidden if the viewer may not react
   */
  toggle(viewer: Viewer, id: string, kind: Reaction['kind']): Promise<AccessiblePost> {
    return this.change(viewer, id, kind, 'other');
  }

  /**
   * Sets whether the reaction is given; idempotent.
   * @throws Forbidden if the viewer may not react
   */
  set(viewer: Viewer, id: string, kind: Reaction['kind'], given: boolean): Promise<AccessiblePost> {
    return this.change(viewer, id, kind, given ? 'given' : 'taken');
  }

  private async change(
    viewer: Viewer,
    id: string,
    kind: Reaction['kind'],
    to: 'given' | 'taken' | 'other',
  ): Promise<AccessiblePost> {
    const post = await this.access.load(viewer, id);
    if (!canReact(viewer, post))
      throw new Forbidden(
        viewer.verified ? 'posts.error.no-reaction' : 'accounts.error.unverified',
      );
    const column = COLUMN[kind];
    await this.database.inTransaction(async (tx) => {
      // Locks the post first: concurrent toggles are serialised, so that counter and rows agree.
      await executeIn(tx, 'select 1 from posts where id = :id for update', { id });
      const row = { id, viewerId: viewer.memberId, kind };
      const removed =
        to === 'given'
          ? 0
          : await executeIn(
              tx,
              'delete from reactions where post_id = :id and member_id = :viewerId and kind = :kind',
              row,
            );
      const added =
        to === 'taken' || removed > 0
          ? 0
          : await executeIn(
              tx,
              `insert into reactions (post_id, member_id, kind) values (:id, :viewerId, :kind)
               on conflict do nothing`,
              row,
            );
      if (added === removed) return;
      await executeIn(tx, `update posts set ${column} = ${column} + :change where id = :id`, {
        id,
        change: added - removed,
      });
    });
    return post;
  }
}
