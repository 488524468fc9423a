import { Controller, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql, statement } from '../kernel/sql.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadAccess } from './thread-access.js';

const save = statement<{ viewerId: string; id: string; now: Date }, object>(
  'threads.save',
  `
    insert into thread_saves (member_id, thread_id, saved_at)
    values (:viewerId, :id, :now)
    on conflict
    do nothing
  `,
);
const unsave = statement<{ viewerId: string; id: string }, object>(
  'threads.unsave',
  'delete from thread_saves where member_id = :viewerId and thread_id = :id',
);

/** Keeping a thread to find it again. Nobody else learns of it, and nothing is counted. */
@Controller('t/:id')
export class ThreadSaveController {
  constructor(
    private readonly door: ThreadAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Post('save')
  async save(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.door.load(viewer, id);
    await this.sql.rows(save, { viewerId: viewer.memberId, id, now: this.clock.now() });
    return seeOther(`/t/${id}`, 'threads.notice.saved');
  }

  @Post('unsave')
  async unsave(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.door.load(viewer, id);
    await this.sql.rows(unsave, { viewerId: viewer.memberId, id });
    return seeOther(`/t/${id}`, 'threads.notice.unsaved');
  }
}
