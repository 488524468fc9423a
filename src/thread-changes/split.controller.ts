import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { catchFieldError, Form, type InvalidForm, type Submitted } from '../http/form.js';
import { formPage } from '../http/form-page.js';
import { textOf } from '../http/form-values.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { SplitForm } from './split.dto.js';
import { splitFormView } from './split.view.js';
import { Splitting } from './splitting.service.js';

/** Splitting a thread, for its moderators. */
@Controller('t/:id/split')
export class SplitController {
  constructor(private readonly splitting: Splitting) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.page(viewer, i18n, id, textQuery(req, 'from') ?? '');
  }

  @Post()
  async split(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(SplitForm) form: Submitted<SplitForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, id, textOf(form.values.from), form);
    const split = await catchFieldError(
      () => this.splitting.split(viewer, id, form.value),
      form.values,
    );
    if ('form' in split) return this.page(viewer, i18n, id, form.value.from, split.form);
    return seeOther(`/t/${split.done}`, 'threads.notice.split');
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    asked: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const from = /^\d{1,9}$/.test(asked) ? Number(asked) : 1;
    const choices = await this.splitting.choices(viewer, id, from);
    return formPage('thread-changes/split', splitFormView(choices, from, i18n, faulty), faulty, {
      titleKey: 'threads.split.title',
    });
  }
}
