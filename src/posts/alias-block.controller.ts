import { Controller, Param, Post } from '@nestjs/common';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { postPath } from './post-address.js';
import { AliasBlocks } from './alias-blocks.service.js';

/** Blocking the alias that wrote a post, in its thread. */
@Controller('posts/:id')
export class AliasBlockController {
  constructor(private readonly blocks: AliasBlocks) {}

  @Post('block')
  block(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, true);
  }

  @Post('unblock')
  unblock(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, false);
  }

  private async set(viewer: Viewer, id: string, blocked: boolean): Promise<SeeOther> {
    const post = await this.blocks.set(viewer, id, blocked);
    return seeOther(
      postPath(post.threadId, post.number),
      blocked ? 'posts.notice.blocked' : 'posts.notice.unblocked',
    );
  }
}
