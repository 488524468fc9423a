import { Controller, Get, Param, Post } from '@nestjs/common';
import { formPage, formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { GroupRequestForm } from './group-requests.dto.js';
import { ownRequest, ownRequests, type RequestRow } from './group-requests.queries.js';
import { GroupRequests } from './group-requests.service.js';

/** Asking for a group that is not there, and reading what staff answered. */
@Controller('find')
export class GroupRequestsController {
  constructor(
    private readonly sql: Sql,
    private readonly requests: GroupRequests,
    private readonly limits: RateLimits,
    private readonly settings: SiteSettings,
  ) {}

  @Get('ask')
  form(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.askPage(viewer, i18n);
  }

  @Post('ask')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(GroupRequestForm) form: Submitted<GroupRequestForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.askPage(viewer, i18n, form);
    await this.limits.count('group-request', viewer.memberId, 10, 3_600);
    const asked = await refusedField(() => this.requests.ask(viewer, form.value), form.values);
    if ('form' in asked) return this.askPage(viewer, i18n, asked.form);
    return seeOther(`/find/requests/${asked.done}`, 'finding.notice.asked');
  }

  @Get('requests/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const row = await this.sql.first(ownRequest, { id, memberWhoAsked: viewer.memberId });
    if (row === null) throw new NotFound();
    return page('finding/request', requestView(row, i18n), { titleKey: 'finding.request.title' });
  }

  private async askPage(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(ownRequests, { memberId: viewer.memberId });
    const view = {
      closed: !this.settings.current.groupRequestsOpen,
      form: formView(i18n, faulty),
      own: rows.map((row) => requestView(row, i18n)),
    };
    return formPage('finding/ask', view, faulty, {
      titleKey: 'finding.request.ask',
    });
  }
}

function requestView(row: RequestRow, i18n: Translator): object {
  return {
    href: `/find/requests/${row.id}`,
    wish: row.wish,
    why: row.why,
    asked: i18n.t('finding.request.asked', { when: i18n.when(row.createdAt) }),
    outcome:
      row.outcome === null
        ? i18n.t('finding.request.waiting')
        : i18n.t(`finding.outcome.${row.outcome}`),
    answer: row.answer,
  };
}
