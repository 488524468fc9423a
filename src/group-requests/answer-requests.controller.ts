import { Controller, Get, Param, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { GroupAnswer } from './group-requests.dto.js';
import { GroupRequests } from './group-requests.service.js';
import { answerRequestView, requestsView } from './group-requests.view.js';

/** Routes for administrators to answer requests for new groups. */
@Admin()
@Controller('admin/requests')
export class AnswerRequestsController {
  constructor(private readonly requests: GroupRequests) {}

  @Get()
  async list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const view = requestsView(await this.requests.all(viewer), i18n);
    return page('finding/requests', view, { titleKey: 'finding.requests.title' });
  }

  @Get(':id')
  one(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.answerPage(viewer, i18n, id);
  }

  @Post(':id')
  async answer(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(GroupAnswer) form: Submitted<GroupAnswer>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.answerPage(viewer, i18n, id, form);
    await this.requests.answer(viewer, id, form.value);
    return seeOther('/admin/requests', 'finding.notice.answered');
  }

  private async answerPage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const request = await this.requests.load(viewer, id);
    const view = answerRequestView(request, formView(i18n, faulty), i18n);
    return formPage('finding/answer-request', view, faulty, {
      titleKey: 'finding.requests.one',
    });
  }
}
