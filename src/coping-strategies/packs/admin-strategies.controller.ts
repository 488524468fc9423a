import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Translator } from '../../i18n/translator.js';
import { Admin } from '../../http/guards.js';
import { readIdCursor } from '../../http/pagination.js';
import { formPage } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { SourcedStrategy, StrategyWithdrawal } from '../core/strategy.dto.js';
import { adminEditView, adminListView } from './admin-strategies.view.js';
import { LISTED_STATES, StrategyCare } from './strategy-care.service.js';

/** The library for administrators: list, edit, withdraw, publish. */
@Admin()
@Controller('admin/strategies')
export class AdminStrategiesController {
  constructor(private readonly care: StrategyCare) {}

  @Get()
  async list(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const query = {
      search: (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80),
      status: LISTED_STATES.find((state) => state === textQuery(req, 'status')) ?? null,
      before: readIdCursor(textQuery(req, 'before')),
    };
    const view = adminListView(await this.care.list(query), query, i18n);
    return page('strategies/admin-list', view, { titleKey: 'strategies.admin.title' });
  }

  @Get(':slug')
  async edit(@I18n() i18n: Translator, @Param('slug') slug: string): Promise<Page> {
    return this.editPage(i18n, slug);
  }

  @Post(':slug')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(SourcedStrategy) form: Submitted<SourcedStrategy>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(i18n, slug, form);
    const result = await catchFieldError(
      () => this.care.change(viewer, slug, form.value),
      form.values,
    );
    if ('form' in result) return this.editPage(i18n, slug, result.form);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.changed');
  }

  @Post(':slug/withdraw')
  async withdraw(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(StrategyWithdrawal) form: Submitted<StrategyWithdrawal>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(i18n, slug, form);
    const result = await catchFieldError(
      () => this.care.withdraw(viewer, slug, form.value.reason),
      form.values,
    );
    if ('form' in result) return this.editPage(i18n, slug, result.form);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.taken-out');
  }

  @Post(':slug/publish')
  async publish(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.care.publish(viewer, slug);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.published');
  }

  private async editPage(i18n: Translator, slug: string, faulty?: InvalidForm): Promise<Page> {
    const view = adminEditView(await this.care.load(slug), i18n, faulty);
    return formPage('strategies/admin-edit', view, faulty, { titleKey: 'strategies.admin.title' });
  }
}
