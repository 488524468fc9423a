import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { blockAlias, unblockAlias } from './alias-blocks.queries.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { canBlockAlias } from './posts.policy.js';

/** Blocks of aliases. An alias exists in one thread only, and so does its block. */
@Injectable()
export class AliasBlocks {
  constructor(
    private readonly access: PostAccess,
    private readonly sql: Sql,
  ) {}

  /**
   * Blocks or unblocks the alias under which a post was written; idempotent.
   * @throws NotFound if the post has no alias, or is the viewer's own
   */
  async set(viewer: Viewer, postId: string, blocked: boolean): Promise<AccessiblePost> {
    const post = await this.access.load(viewer, postId);
    if (!canBlockAlias(post) || post.aliasId === null) throw new NotFound();
    const block = { memberId: viewer.memberId, aliasId: post.aliasId };
    await this.sql.rows(blocked ? blockAlias : unblockAlias, block);
    return post;
  }
}
