import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadPlace, pageIn } from './thread.dto.js';
import { partPath } from '../posts/post-address.js';
import { ThreadFollows, type FollowLevel } from './thread-follows.service.js';

/** Following a thread, or muting it. */
@Controller('t/:id')
export class ThreadFollowController {
  constructor(private readonly follows: ThreadFollows) {}

  @Post('follow')
  follow(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadPlace) form: Submitted<ThreadPlace>,
  ): Promise<SeeOther> {
    return this.set(viewer, { id, page: pageIn(form) }, 'following', 'threads.notice.followed');
  }

  @Post('unfollow')
  unfollow(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadPlace) form: Submitted<ThreadPlace>,
  ): Promise<SeeOther> {
    return this.set(viewer, { id, page: pageIn(form) }, null, 'threads.notice.unfollowed');
  }

  @Post('mute')
  mute(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadPlace) form: Submitted<ThreadPlace>,
  ): Promise<SeeOther> {
    return this.set(viewer, { id, page: pageIn(form) }, 'muted', 'threads.notice.muted');
  }

  private async set(
    viewer: Viewer,
    { id, page }: { id: string; page: number },
    level: FollowLevel | null,
    notice: string,
  ): Promise<SeeOther> {
    await this.follows.set(viewer, id, level);
    return seeOther(partPath(id, page, 'follow'), notice);
  }
}
