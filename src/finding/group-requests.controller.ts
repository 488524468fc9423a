import { Controller, Get, Param, Post } from '@nestjs/common';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { GroupWish } from './group-requests.dto.js';
import { ownRequest, ownRequests, type RequestRow } from './group-requests.queries.js';
import { GroupRequests } from './group-requests.service.js';

/** Asking for a group that is not there, and reading what staff answered. */
@Controller('find')
export class GroupRequestsController {
  constructor(
    private readonly sql: Sql,
    private readonly messages: Messages,
    private readonly requests: GroupRequests,
    private readonly limits: RateLimits,
    private readonly settings: SiteSettings,
  ) {}

  @Get('ask')
  form(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.askPage(viewer, words);
  }

  @Post('ask')
  async ask(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(GroupWish) form: Submitted<GroupWish>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.askPage(viewer, words, form);
    await this.limits.count('group-request', viewer.memberId, 10, 3_600);
    const asked = await refusedField(() => this.requests.ask(viewer, form.value), form.values);
    if ('form' in asked) return this.askPage(viewer, words, asked.form);
    return seeOther(`/find/requests/${asked.done}`, 'finding.notice.asked');
  }

  @Get('requests/:id')
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const row = await this.sql.first(ownRequest, [id, viewer.memberId]);
    if (row === null) throw new NotFound();
    return page('finding/request', requestView(row, words), { titleKey: 'finding.request.title' });
  }

  private async askPage(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(ownRequests, [viewer.memberId]);
    const view = {
      closed: !this.settings.current.groupRequestsOpen,
      form: formView(this.messages, words.locale, faulty),
      own: rows.map((row) => requestView(row, words)),
    };
    return page('finding/ask', view, {
      titleKey: 'finding.request.ask',
      status: faulty === undefined ? 200 : 422,
    });
  }
}

function requestView(row: RequestRow, words: Words): object {
  return {
    href: `/find/requests/${row.id}`,
    wish: row.wish,
    why: row.why,
    asked: words.t('finding.request.asked', { when: words.when(row.createdAt) }),
    outcome:
      row.outcome === null
        ? words.t('finding.request.waiting')
        : words.t(`finding.outcome.${row.outcome}`),
    answer: row.answer,
  };
}
