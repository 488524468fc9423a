import { Injectable } from '@nestjs/common';
import { readIdCursor } from '../../http/pagination.js';
import { isStaff, isSuspended, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { isTimeToAsk } from '../preferences/mail-choices.js';
import { kindsOf, type Section } from '../preferences/notice-kinds.js';
import {
  inboxPage,
  isNotice,
  markRead,
  noticeById,
  type OpenedNotice,
} from './notifications.queries.js';
import { NOTICES_PER_PAGE, type InboxFacts } from './notifications.view.js';

/** The inbox of a member. */
@Injectable()
export class Inbox {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * @param section tab of the inbox; null for all notices
   * @param before raw cursor from the URL
   */
  async page(viewer: Viewer, section: Section | null, before: unknown): Promise<InboxFacts> {
    const { memberId } = viewer;
    const filters = viewer.hasFilters || isSuspended(viewer);
    const found = await this.sql.rows(filters ? inboxPage.filtering : inboxPage.plain, {
      memberId,
      isStaff: isStaff(viewer),
      before: readIdCursor(before),
      limit: NOTICES_PER_PAGE + 1,
      kinds: section === null ? null : kindsOf(section),
    });
    const [answer] = found;
    const ask = answer !== undefined && isTimeToAsk(answer.safe, answer.safeAt, this.clock.now());
    return {
      rows: found.filter(isNotice),
      section,
      ask: !ask ? null : answer.safe === null ? 'first' : 'again',
    };
  }

  /**
   * Opens a notice and marks it as read, with the earlier ones about its thread.
   * @throws NotFound if it is not the viewer's, or its target no longer exists
   */
  async open(viewer: Viewer, id: string): Promise<OpenedNotice> {
    const { memberId } = viewer;
    const notice = await this.sql.first(noticeById, { memberId, isStaff: isStaff(viewer), id });
    if (notice === null) throw new NotFound('notifications.gone');
    await this.sql.rows(markRead, { memberId, id, now: this.clock.now() });
    return notice;
  }

  /** Marks all notices as read. */
  async readAll(viewer: Viewer): Promise<void> {
    await this.sql.rows(markRead, { memberId: viewer.memberId, id: null, now: this.clock.now() });
  }
}
