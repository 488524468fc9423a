import { Controller, Get, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { ThreadAccess } from '../threads/thread-access.js';
import { ThreadFoldersForm } from './folders.dto.js';
import { Folders } from './folders.service.js';
import { threadFoldersView } from './folders.view.js';

/** The folders that contain a thread, for moderators. */
@Controller('t/:id/folders')
export class ThreadFoldersController {
  constructor(
    private readonly access: ThreadAccess,
    private readonly folders: Folders,
  ) {}

  @Get()
  async show(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<Page> {
    const thread = await this.access.loadModerated(viewer, id);
    const view = threadFoldersView(thread, await this.folders.choicesFor(id));
    return page('folders/thread', view, { titleKey: 'folders.thread.title' });
  }

  @Post()
  async choose(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadFoldersForm) form: Submitted<ThreadFoldersForm>,
  ): Promise<SeeOther> {
    const thread = await this.access.loadModerated(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.folders.choose(viewer, thread, form.value.folders);
    return seeOther(`/t/${id}`, 'folders.notice.chosen');
  }
}
