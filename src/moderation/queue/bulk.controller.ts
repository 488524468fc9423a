import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { formPage } from '../../http/form-page.js';
import { listOf } from '../../http/form-values.js';
import { Moderator } from '../../http/guards.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { CurrentMember, I18n, listQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { BulkForm } from './bulk.dto.js';
import { BulkDeciding } from './bulk-deciding.service.js';
import { bulkView } from './bulk.view.js';
import { bulkAddress, readChosen } from './chosen-cases.js';

/** One decision for several cases: the page that confirms it also shows what came of each. */
@Moderator()
@Controller('mod/bulk')
export class BulkController {
  constructor(private readonly bulk: BulkDeciding) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    return this.page(viewer, i18n, listQuery(req, 'case'));
  }

  @Post()
  async decide(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(BulkForm) form: Submitted<BulkForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, listOf(form.values.case), form);
    const decided = await this.bulk.decide(viewer, form.value);
    if (decided === form.value.case.length) return seeOther(bulkAddress(form.value.case));
    // What was left out is shown with the reason as typed, for deciding it alone.
    const kept = { faults: [], values: form.values };
    return this.page(viewer, i18n, form.value.case, kept, 409);
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    texts: readonly string[],
    faulty?: InvalidForm,
    status: 200 | 409 | 422 = faulty === undefined ? 200 : 422,
  ): Promise<Page> {
    const refs = readChosen(texts);
    const view = bulkView(refs, await this.bulk.cases(viewer, refs), faulty, i18n);
    return formPage('moderation/bulk', view, faulty, {
      titleKey: 'moderation.bulk.title',
      status,
    });
  }
}
