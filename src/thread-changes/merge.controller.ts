import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { catchFieldError, Form, type InvalidForm, type Submitted } from '../http/form.js';
import { formPage } from '../http/form-page.js';
import { textOf } from '../http/form-values.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { MergeForm } from './merge.dto.js';
import { mergeChoiceView, mergeConfirmView } from './merge.view.js';
import { Merging } from './merging.service.js';

const TITLE = { titleKey: 'threads.merge.title' };

/** Merging a thread with another one, for its moderators: a page to choose, and one to confirm. */
@Controller('t/:id/merge')
export class MergeController {
  constructor(private readonly merging: Merging) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    // What is typed counts before what is chosen.
    const other = textQuery(req, 'address') || textQuery(req, 'with');
    return this.page(viewer, i18n, id, other ?? '');
  }

  @Post()
  async merge(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(MergeForm) form: Submitted<MergeForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, id, textOf(form.values.with), form);
    const merged = await catchFieldError(
      () => this.merging.merge(viewer, id, form.value),
      form.values,
    );
    if ('form' in merged) return this.page(viewer, i18n, id, form.value.with, merged.form);
    return seeOther(`/t/${merged.done}`, 'threads.notice.merged');
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    other: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const thread = await this.merging.thread(viewer, id);
    const plan =
      other === ''
        ? null
        : await catchFieldError(() => this.merging.plan(viewer, thread, other), {
            ...faulty?.values,
            address: other,
          });
    if (plan !== null && 'done' in plan) {
      const view = mergeConfirmView(thread, plan.done, i18n, faulty);
      return formPage('thread-changes/merge', view, faulty, TITLE);
    }
    const wrong = plan === null ? faulty : plan.form;
    const suggestions = await this.merging.suggestions(thread);
    const view = mergeChoiceView(thread, suggestions, i18n, wrong);
    return formPage('thread-changes/merge-choice', view, wrong, TITLE);
  }
}
