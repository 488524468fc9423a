import { Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import { Inbox } from '../notifications/inbox/inbox.service.js';
import { NOTICES_PER_PAGE, noticeText } from '../notifications/inbox/notifications.view.js';
import { INBOX, noticeKind } from '../notifications/preferences/notice-kinds.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { readQuery } from './json-form.js';
import { NotificationQuery, NotificationsJson } from './notification.model.js';

/** A member's inbox. */
@Controller('api/v1/notifications')
@UseGuards(ApiGuard)
export class ApiNotificationsController {
  constructor(
    private readonly inbox: Inbox,
    private readonly config: Config,
  ) {}

  @Get()
  @Operation({
    summary: 'Your notifications',
    description: 'Reading the list marks nothing as read.',
    scope: 'notifications:read',
    query: NotificationQuery,
    answer: NotificationsJson,
    fails: [422],
  })
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<NotificationsJson> {
    const { section, after } = readQuery(NotificationQuery, req.query);
    const { rows } = await this.inbox.page(viewer, section === '' ? null : section, after);
    const shown = rows.slice(0, NOTICES_PER_PAGE);
    return {
      items: shown.map((row) => ({
        id: row.id,
        kind: row.kind,
        section: noticeKind(row.kind).section,
        text: noticeText(row, i18n),
        title: row.title,
        threadId: row.threadId,
        number: row.number,
        count: row.count,
        unread: row.unread > 0,
        createdAt: row.createdAt.toISOString(),
        page: `${this.config.baseUrl}${INBOX}/${row.id}`,
      })),
      next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  @Post('read')
  @Operation({
    summary: 'Mark all of your notifications as read',
    scope: 'notifications:write',
    answer: null,
  })
  async readAll(@CurrentMember() viewer: Viewer): Promise<void> {
    await this.inbox.readAll(viewer);
  }

  @Post(':id/read')
  @Operation({
    summary: 'Mark a notification as read',
    description: 'Together with earlier ones about its thread.',
    scope: 'notifications:write',
    answer: null,
    fails: [404],
  })
  async read(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<void> {
    await this.inbox.open(viewer, id);
  }
}
