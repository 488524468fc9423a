import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Translator } from '../../i18n/translator.js';
import { formPage } from '../../http/form-page.js';
import { Staff } from '../../http/guards.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Review } from './review.dto.js';
import { reviewListView, reviewView } from './review.view.js';
import { Reviewing } from './reviewing.service.js';

/** Routes for the site's moderators to review suggested strategies. */
@Staff()
@Controller('mod/strategies')
export class ReviewController {
  constructor(private readonly reviewing: Reviewing) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const view = reviewListView(await this.reviewing.proposed(), i18n);
    return page('strategies/mod-list', view, { titleKey: 'strategies.mod.title' });
  }

  @Get(':slug')
  async read(@I18n() i18n: Translator, @Param('slug') slug: string): Promise<Page> {
    return this.reviewPage(i18n, slug);
  }

  @Post(':slug')
  async decide(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Review) form: Submitted<Review>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.reviewPage(i18n, slug, form);
    const result = await catchFieldError(
      () => this.reviewing.review(viewer, slug, form.value),
      form.values,
    );
    if ('form' in result) return this.reviewPage(i18n, slug, result.form);
    return seeOther('/mod/strategies', 'strategies.notice.reviewed');
  }

  private async reviewPage(i18n: Translator, slug: string, faulty?: InvalidForm): Promise<Page> {
    const row = await this.reviewing.load(slug);
    return formPage('strategies/mod-review', reviewView(row, i18n, faulty), faulty, {
      titleKey: 'strategies.mod.title',
    });
  }
}
