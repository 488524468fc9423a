import { Controller, Param, Post } from '@nestjs/common';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadFollows, type FollowLevel } from './thread-follows.service.js';

/** Following a thread, or muting it. */
@Controller('t/:id')
export class ThreadFollowController {
  constructor(private readonly follows: ThreadFollows) {}

  @Post('follow')
  follow(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, 'following', 'threads.notice.followed');
  }

  @Post('unfollow')
  unfollow(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, null, 'threads.notice.unfollowed');
  }

  @Post('mute')
  mute(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.set(viewer, id, 'muted', 'threads.notice.muted');
  }

  private async set(
    viewer: Viewer,
    id: string,
    level: FollowLevel | null,
    notice: string,
  ): Promise<SeeOther> {
    await this.follows.set(viewer, id, level);
    return seeOther(`/t/${id}`, notice);
  }
}
