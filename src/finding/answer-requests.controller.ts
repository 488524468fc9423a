import { Controller, Get, Param, Post } from '@nestjs/common';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { GroupAnswer, OUTCOMES } from './group-requests.dto.js';
import { allRequests, oneRequest, type RequestRow } from './group-requests.queries.js';
import { GroupRequests } from './group-requests.service.js';

/** Where administrators answer wishes for new groups. */
@Controller('admin/requests')
export class AnswerRequestsController {
  constructor(
    private readonly sql: Sql,
    private readonly messages: Messages,
    private readonly requests: GroupRequests,
  ) {}

  @Get()
  async list(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    if (viewer.role !== 'admin') throw new NotFound();
    const rows = await this.sql.rows(allRequests);
    const shown = (row: RequestRow): object => ({
      id: row.id,
      wish: row.wish,
      why: row.why,
      when: words.when(row.createdAt),
      outcome: row.outcome === null ? null : words.t(`finding.outcome.${row.outcome}`),
      answer: row.answer,
    });
    const view = {
      waiting: rows.filter((row) => row.outcome === null).map(shown),
      answered: rows.filter((row) => row.outcome !== null).map(shown),
    };
    return page('finding/requests', view, { titleKey: 'finding.requests.title' });
  }

  @Get(':id')
  async one(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.answerPage(viewer, words, id);
  }

  @Post(':id')
  async answer(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(GroupAnswer) form: Submitted<GroupAnswer>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.answerPage(viewer, words, id, form);
    const first = await this.requests.answer(viewer, id, form.value);
    return seeOther(
      '/admin/requests',
      first ? 'finding.notice.answered' : 'finding.notice.answered-before',
    );
  }

  private async answerPage(
    viewer: Viewer,
    words: Words,
    id: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = viewer.role === 'admin' ? await this.sql.first(oneRequest, [id]) : null;
    if (row === null) throw new NotFound();
    const form = formView(this.messages, words.locale, faulty);
    const view = {
      id,
      wish: row.wish,
      why: row.why,
      when: words.when(row.createdAt),
      answered:
        row.outcome === null
          ? null
          : { outcome: words.t(`finding.outcome.${row.outcome}`), answer: row.answer },
      form,
      outcomes: OUTCOMES.map((value) => ({
        value,
        label: words.t(`finding.outcome.${value}`),
        checked: form.values.outcome === value,
      })),
    };
    return page('finding/answer-request', view, {
      titleKey: 'finding.requests.one',
      status: faulty === undefined ? 200 : 422,
    });
  }
}
