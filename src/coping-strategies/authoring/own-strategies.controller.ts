import { Controller, Get, Param, Post } from '@nestjs/common';
import { Forbidden } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { formPage } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { EditedStrategy, OwnStrategy } from '../core/strategy.dto.js';
import { OwnStrategies } from './own-strategies.service.js';
import { editStrategyView, newStrategyView, ownStrategiesView } from './own-strategies.view.js';

/** Routes to suggest a strategy, and to list, edit and withdraw one's own. */
@Controller('strategies')
export class OwnStrategiesController {
  constructor(
    private readonly own: OwnStrategies,
    private readonly limits: RateLimits,
  ) {}

  @Get('new')
  form(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Page {
    return this.suggestion(viewer, i18n);
  }

  @Post()
  async suggest(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(OwnStrategy) form: Submitted<OwnStrategy>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.suggestion(viewer, i18n, form);
    await this.limits.count('strategy', viewer.memberId, 20, 86_400);
    const sent = await catchFieldError(
      () => this.own.suggest(viewer, form.value, null),
      form.values,
    );
    if ('form' in sent) return this.suggestion(viewer, i18n, sent.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  @Get('mine')
  async mine(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const [rows, asks] = [await this.own.listOf(viewer), await this.own.asksOf(viewer)];
    const view = ownStrategiesView(rows, asks, i18n);
    return page('strategies/mine', view, { titleKey: 'strategies.links.mine' });
  }

  @Get(':slug/edit')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.editPage(viewer, i18n, slug);
  }

  @Post(':slug/edit')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(EditedStrategy) form: Submitted<EditedStrategy>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(viewer, i18n, slug, form);
    const result = await catchFieldError(
      () => this.own.change(viewer, slug, form.value),
      form.values,
    );
    if ('form' in result) return this.editPage(viewer, i18n, slug, result.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  @Post(':slug/withdraw')
  async withdraw(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.own.withdraw(viewer, slug);
    return seeOther('/strategies/mine', 'strategies.notice.withdrawn');
  }

  private suggestion(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Page {
    if (!viewer.verified) throw new Forbidden('accounts.error.unverified');
    return formPage('strategies/new', newStrategyView(viewer.handle, i18n, faulty), faulty, {
      titleKey: 'strategies.new.title',
    });
  }

  private async editPage(
    viewer: Viewer,
    i18n: Translator,
    slug: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const row = await this.own.forEditing(viewer, slug);
    return formPage('strategies/edit', editStrategyView(row, i18n, faulty), faulty, {
      titleKey: 'strategies.edit.title',
    });
  }
}
