import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { formPage } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { FollowUpForm, isEmptySheet, SheetForm } from '../core/toolkit.dto.js';
import { Sheets } from './sheets.service.js';
import { sheetFormView, sheetListView, sheetPageView } from './sheets.view.js';

/** Appointment sheets. */
@Controller('toolkit/sheets')
@UseInterceptors(PrivateArea)
export class SheetsController {
  constructor(
    private readonly sheets: Sheets,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const view = sheetListView(await this.sheets.list(viewer), i18n);
    return page('toolkit/sheets', view, { titleKey: 'toolkit.sheet.list' });
  }

  @Get('new')
  fresh(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.form(viewer, i18n);
  }

  @Post()
  async make(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SheetForm) form: Submitted<SheetForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(viewer, i18n, form);
    if (isEmptySheet(form.value)) {
      return this.form(viewer, i18n, {
        values: form.values,
        faults: [{ field: 'wish', key: 'toolkit.error.sheet-empty' }],
      });
    }
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    const id = await this.sheets.make(viewer, i18n, form.value);
    return seeOther(`/toolkit/sheets/${id}`, 'toolkit.notice.sheet');
  }

  @Get(':id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const view = sheetPageView(await this.sheets.open(viewer, id), i18n);
    return page('toolkit/sheet', view, { titleKey: 'toolkit.sheet.title' });
  }

  @Post(':id/nearer')
  async nearer(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(FollowUpForm) form: Submitted<FollowUpForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.sheets.answer(viewer, id, form.value.nearer);
    return seeOther(
      form.value.nearer === 'not-yet' ? '/bridge' : '/toolkit',
      form.value.nearer === ''
        ? 'toolkit.notice.kept'
        : `toolkit.notice.nearer-${form.value.nearer}`,
    );
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.sheets.remove(viewer, id);
    return seeOther('/toolkit/sheets', 'toolkit.notice.sheet-gone');
  }

  private async form(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const sources = await this.sheets.sources(viewer, i18n);
    return formPage('toolkit/sheet-new', sheetFormView(sources, i18n, faulty), faulty, {
      titleKey: 'toolkit.sheet.new',
    });
  }
}
