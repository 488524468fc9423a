import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { THREADS_A_PAGE, type ThreadRow } from '../threads/thread-list.queries.js';
import { cursorOf, readCursor, threadItem } from '../threads/thread-list.view.js';
import { feed } from './feed.queries.js';

/** Everything new in my communities, in one list. */
@Controller('feed')
export class CombinedFeedController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const rows = await this.threads(viewer.memberId, textQuery(req, 'after'), THREADS_A_PAGE + 1);
    const shown = rows.slice(0, THREADS_A_PAGE);
    const last = shown.at(-1);
    const view = {
      threads: shown.map((row) => threadItem(row, i18n)),
      next:
        rows.length > shown.length && last !== undefined ? `/feed?after=${cursorOf(last)}` : null,
    };
    return page('finding/feed', view, { titleKey: 'finding.feed.title' });
  }

  // Another query only where blocks or mutes left gaps.
  private async threads(
    viewerId: string,
    after: string | undefined,
    wanted: number,
  ): Promise<ThreadRow[]> {
    const listed: ThreadRow[] = [];
    let cursor = readCursor(after, 'active');
    for (;;) {
      const many = wanted - listed.length;
      const stretch = await this.sql.rows(feed, {
        viewerId,
        timeInMicroseconds: cursor.time,
        id: cursor.id,
        limit: many,
      });
      listed.push(...stretch.filter((row) => row.listed === true));
      const last = stretch.at(-1);
      if (listed.length >= wanted || stretch.length < many || last === undefined) return listed;
      cursor = readCursor(cursorOf(last), 'active');
    }
  }
}
