import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { JoinAnswers } from './join-answer.service.js';
import { joinAnswerView } from './join-answer.view.js';

/**
 * A moderator's answer to a request to join or an offer of support, shown to the member who made
 * it.
 */
@Controller('answers/:id')
export class JoinAnswerController {
  constructor(private readonly answers: JoinAnswers) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const view = joinAnswerView(await this.answers.loadOwn(viewer, id), i18n);
    return page('belonging/answer', view, { titleKey: 'belonging.answer.title' });
  }
}
