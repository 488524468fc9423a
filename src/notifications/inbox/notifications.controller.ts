import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Translator } from '../../i18n/translator.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { INBOX, noticeKind, SECTIONS } from '../preferences/notice-kinds.js';
import { Inbox } from './inbox.service.js';
import { inboxView } from './notifications.view.js';

/** The inbox. Links in emails contain the id of a notice, which only its owner can open. */
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const section = SECTIONS.find((each) => each === textQuery(req, 'kind')) ?? null;
    const facts = await this.inbox.page(viewer, section, textQuery(req, 'before'));
    return page('notifications/inbox', inboxView(facts, i18n), { titleKey: 'notifications.title' });
  }

  @Get(':id')
  async open(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const notice = await this.inbox.open(viewer, id);
    return seeOther(noticeKind(notice.kind).path(notice));
  }

  @Post('read')
  async readAll(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.inbox.readAll(viewer);
    return seeOther(INBOX, 'notifications.notice.read');
  }
}
