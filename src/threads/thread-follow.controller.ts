import { Controller, Param, Post } from '@nestjs/common';
import { Sql, statement } from '../kernel/sql.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadAccess } from './thread-access.js';

const set = statement<{ id: string; viewerId: string; level: string }, object>(
  'threads.follow',
  `insert into thread_follows (thread_id, member_id, level) values (:id, :viewerId, :level)
   on conflict (thread_id, member_id) do update set level = excluded.level`,
);
const unset = statement<{ id: string; viewerId: string }, object>(
  'threads.unfollow',
  'delete from thread_follows where thread_id = :id and member_id = :viewerId',
);

/** Hearing of a thread, or not; muted, it stays out of one's lists and notices. */
@Controller('t/:id')
export class ThreadFollowController {
  constructor(
    private readonly door: ThreadAccess,
    private readonly sql: Sql,
  ) {}

  @Post('follow')
  follow(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.level(viewer, id, 'following', 'threads.notice.followed');
  }

  @Post('unfollow')
  unfollow(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.level(viewer, id, null, 'threads.notice.unfollowed');
  }

  @Post('mute')
  mute(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.level(viewer, id, 'muted', 'threads.notice.muted');
  }

  private async level(
    viewer: Viewer,
    id: string,
    level: string | null,
    notice: string,
  ): Promise<SeeOther> {
    await this.door.load(viewer, id);
    if (level === null) await this.sql.rows(unset, { id, viewerId: viewer.memberId });
    else await this.sql.rows(set, { id, viewerId: viewer.memberId, level });
    return seeOther(`/t/${id}`, notice);
  }
}
