import { Controller, Get, Param, Post } from '@nestjs/common';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { OwnThreads } from './own-threads.service.js';
import { ownThreadsView } from './own-threads.view.js';

/** Followed and muted threads. Muted ones are in no other list, so they are unmuted here. */
@Controller('mine/threads')
export class OwnThreadsController {
  constructor(private readonly threads: OwnThreads) {}

  @Get()
  @AllowReplicaLag()
  async show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return page('search/own-threads', ownThreadsView(await this.threads.list(viewer), i18n), {
      titleKey: 'search.own-threads.title',
    });
  }

  @Post(':id/undo')
  async undo(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) threadId: string,
  ): Promise<SeeOther> {
    await this.threads.reset(viewer, threadId);
    return seeOther('/mine/threads', 'threads.notice.undone');
  }
}
