import { Controller, Get, Param, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { tickOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { GroupAnswer, OUTCOMES } from './group-requests.dto.js';
import { allRequests, oneRequest, type RequestRow } from './group-requests.queries.js';
import { GroupRequests } from './group-requests.service.js';

/** Where administrators answer wishes for new groups. */
@Admin()
@Controller('admin/requests')
export class AnswerRequestsController {
  constructor(
    private readonly sql: Sql,
    private readonly requests: GroupRequests,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(allRequests);
    const shown = (row: RequestRow): object => ({
      id: row.id,
      wish: row.wish,
      why: row.why,
      when: i18n.when(row.createdAt),
      outcome: row.outcome === null ? null : i18n.t(`finding.outcome.${row.outcome}`),
      answer: row.answer,
    });
    const view = {
      waiting: rows.filter((row) => row.outcome === null).map(shown),
      answered: rows.filter((row) => row.outcome !== null).map(shown),
    };
    return page('finding/requests', view, { titleKey: 'finding.requests.title' });
  }

  @Get(':id')
  async one(@I18n() i18n: Translator, @Param('id', IdPipe) id: string): Promise<Page> {
    return this.answerPage(i18n, id);
  }

  @Post(':id')
  async answer(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(GroupAnswer) form: Submitted<GroupAnswer>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.answerPage(i18n, id, form);
    const first = await this.requests.answer(viewer, id, form.value);
    return seeOther(
      '/admin/requests',
      first ? 'finding.notice.answered' : 'finding.notice.answered-before',
    );
  }

  private async answerPage(i18n: Translator, id: string, faulty?: FaultyForm): Promise<Page> {
    const row = await this.sql.first(oneRequest, { id });
    if (row === null) throw new NotFound();
    const form = formView(i18n, faulty);
    const view = {
      id,
      wish: row.wish,
      why: row.why,
      when: i18n.when(row.createdAt),
      answered:
        row.outcome === null
          ? null
          : { outcome: i18n.t(`finding.outcome.${row.outcome}`), answer: row.answer },
      form,
      outcomes: tickOptions(OUTCOMES, form.values.outcome, (value) =>
        i18n.t(`finding.outcome.${value}`),
      ),
    };
    return formPage('finding/answer-request', view, faulty, {
      titleKey: 'finding.requests.one',
    });
  }
}
