import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { partPath } from '../posts/post-address.js';
import { ThreadPlace, pageIn } from './thread.dto.js';
import { ThreadSaves } from './thread-saves.service.js';

/** Saves a thread as a bookmark. */
@Controller('t/:id')
export class ThreadSaveController {
  constructor(private readonly saves: ThreadSaves) {}

  @Post('save')
  async save(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadPlace) form: Submitted<ThreadPlace>,
  ): Promise<SeeOther> {
    await this.saves.save(viewer, id);
    return seeOther(partPath(id, pageIn(form), 'follow'), 'threads.notice.saved');
  }

  @Post('unsave')
  async unsave(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadPlace) form: Submitted<ThreadPlace>,
  ): Promise<SeeOther> {
    await this.saves.unsave(viewer, id);
    return seeOther(partPath(id, pageIn(form), 'follow'), 'threads.notice.unsaved');
  }
}
