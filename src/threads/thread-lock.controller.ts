import { Controller, Param, Post } from '@nestjs/common';
import { AppError } from '../kernel/errors.js';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { partPath } from '../posts/post-address.js';
import { LockForm, SlowForm } from './thread.dto.js';
import { ThreadLocks } from './thread-lock.service.js';

/** Locking and unlocking a thread, and its slow mode. */
@Controller('t/:id')
export class ThreadLockController {
  constructor(private readonly locks: ThreadLocks) {}

  @Post('lock')
  async lock(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(LockForm) form: Submitted<LockForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.locks.lock(viewer, id, form.value.hours);
    return seeOther(partPath(id, 1, 'calm'), 'threads.notice.locked');
  }

  @Post('unlock')
  async unlock(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.locks.unlock(viewer, id);
    return seeOther(partPath(id, 1, 'calm'), 'threads.notice.unlocked');
  }

  @Post('slow')
  async slow(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SlowForm) form: Submitted<SlowForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.locks.slow(viewer, id, form.value.minutes);
    return seeOther(partPath(id, 1, 'calm'), 'threads.notice.slowed');
  }
}
