import { Controller, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ThreadDoor } from './thread-access.js';
import { canLock } from './threads.policy.js';

const lock = statement('threads.lock', 'update threads set locked_at = $2 where id = $1');

/** Closing a thread to new replies, and opening it again. */
@Controller('t/:id')
export class ThreadLockController {
  constructor(private readonly door: ThreadDoor, private readonly sql: Sql, private readonly clock: Clock) {}

  @Post('lock')
  async lock(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.set(viewer, id, this.clock.now());
    return seeOther(`/t/${id}`, 'threads.notice.locked');
  }

  @Post('unlock')
  async unlock(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.set(viewer, id, null);
    return seeOther(`/t/${id}`, 'threads.notice.unlocked');
  }

  private async set(viewer: Viewer, id: string, at: Date | null): Promise<void> {
    if (!canLock(await this.door.open(viewer, id))) throw new NotFound();
    await this.sql.rows(lock, [id, at]);
  }
}
