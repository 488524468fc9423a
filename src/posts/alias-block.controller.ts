import { Controller, Param, Post } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { PostAccess } from './post-access.js';
import { canBlockAlias } from './posts.policy.js';

const block = statement<{ memberId: string; aliasId: string }, object>(
  'posts.block-alias',
  `
    insert into alias_blocks (member_id, alias_id)
    values (:memberId, :aliasId)
    on conflict
    do nothing
  `,
);
const unblock = statement<{ memberId: string; aliasId: string }, object>(
  'posts.unblock-alias',
  'delete from alias_blocks where member_id = :memberId and alias_id = :aliasId',
);

/**
 * Not wanting to read somebody who writes under an alias: in this thread, where the alias lives.
 */
@Controller('posts/:id')
export class AliasBlockController {
  constructor(
    private readonly access: PostAccess,
    private readonly sql: Sql,
  ) {}

  @Post('block')
  async block(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, block);
  }

  @Post('unblock')
  async unblock(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    return this.set(viewer, id, unblock);
  }

  private async set(viewer: Viewer, id: string, what: typeof block): Promise<SeeOther> {
    const post = await this.access.load(viewer, id);
    if (!canBlockAlias(post) || post.aliasId === null) throw new NotFound();
    await this.sql.rows(what, { memberId: viewer.memberId, aliasId: post.aliasId });
    return seeOther(`/t/${post.threadId}`, 'posts.notice.blocked');
  }
}
