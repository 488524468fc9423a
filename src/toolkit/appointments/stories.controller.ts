import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { readIdCursor } from '../../http/pagination.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { StepForm } from './stories.dto.js';
import { STEPS } from './stories.queries.js';
import { Stories } from './stories.service.js';
import { storiesView } from './stories.view.js';

/** Stories about seeking professional help, listed by step. */
@Controller('bridge')
export class StoriesController {
  constructor(private readonly stories: Stories) {}

  @Get()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const step = STEPS.find((known) => known === textQuery(req, 'step')) ?? 'thinking';
    const stories = await this.stories.page(viewer, step, readIdCursor(textQuery(req, 'before')));
    const updated = await this.stories.updated(viewer);
    const own = viewer === null ? null : await this.stories.own(viewer);
    return page('toolkit/bridge', storiesView({ stories, updated, own }, i18n), {
      titleKey: 'toolkit.bridge.title',
    });
  }

  @Post('stories/:id')
  async mark(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(StepForm) form: Submitted<StepForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const { step } = form.value;
    await this.stories.mark(viewer, id, step);
    return step === ''
      ? seeOther('/bridge', 'toolkit.notice.unmarked')
      : seeOther(`/bridge?step=${step}`, 'toolkit.notice.marked');
  }
}
