import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { readIdCursor } from '../../http/pagination.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { kindsOf, noticeKind, SECTIONS } from '../preferences/notice-kinds.js';
import { isTimeToAsk } from '../preferences/mail-choices.js';
import { inbox, markRead, oneNotice, saidSafe } from './notifications.queries.js';
import { inboxView, NOTICES_A_PAGE } from './notifications.view.js';

/** The inbox. Links in mails lead to one notice by its id, which only its owner can open. */
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const before = textQuery(req, 'before');
    const section = SECTIONS.find((each) => each === textQuery(req, 'kind')) ?? null;
    const kinds = section === null ? null : kindsOf(section);
    const rows = await this.sql.rows(inbox, {
      memberId: viewer.memberId,
      isStaff: isStaff(viewer),
      before: readIdCursor(before),
      limit: NOTICES_A_PAGE + 1,
      kinds,
    });
    const said = await this.sql.first(saidSafe, { memberId: viewer.memberId });
    const ask =
      said !== null && isTimeToAsk(said.safe, said.at, this.clock.now())
        ? i18n.t(`notifications.safe.${said.safe === null ? 'first' : 'again'}`)
        : null;
    return page(
      'notifications/inbox',
      { ...inboxView(rows, section, i18n), ask },
      { titleKey: 'notifications.title' },
    );
  }

  @Get(':id')
  async open(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const notice = await this.sql.first(oneNotice, {
      memberId: viewer.memberId,
      isStaff: isStaff(viewer),
      id,
    });
    if (notice === null) throw new NotFound('notifications.gone');
    await this.sql.rows(markRead, { memberId: viewer.memberId, id, now: this.clock.now() });
    return seeOther(noticeKind(notice.kind).path(notice));
  }

  @Post('read')
  async readAll(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.sql.rows(markRead, { memberId: viewer.memberId, id: null, now: this.clock.now() });
    return seeOther('/notifications', 'notifications.notice.read');
  }
}
