import { Injectable } from '@nestjs/common';
import { isStaff, isSuspended, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { postById, type AccessiblePost } from './post-access.queries.js';

export type { AccessiblePost } from './post-access.queries.js';

/** Loads posts with the access check. */
@Injectable()
export class PostAccess {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound if the post does not exist or the viewer must not know about it */
  async load(viewer: MaybeViewer, id: string): Promise<AccessiblePost> {
    const post = await this.sql.first(postById, {
      id,
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      mayModerate: mayModerate(viewer),
      isSuspended: isSuspended(viewer),
    });
    if (post === null) throw new NotFound();
    return post;
  }
}
