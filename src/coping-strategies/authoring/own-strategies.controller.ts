import { Controller, Get, Param, Post } from '@nestjs/common';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { postPath } from '../../posts/post-address.js';
import { CHANGEABLE, OwnStrategies } from './own-strategies.service.js';
import { asks, oneOwn, ownStrategies } from './own-strategies.queries.js';
import { strategyFormView, valuesOfStrategy } from './strategy-form.view.js';
import { EditedStrategy, OwnStrategy } from '../core/strategy.dto.js';

/** Suggesting a strategy, and what became of it. */
@Controller('strategies')
export class OwnStrategiesController {
  constructor(
    private readonly own: OwnStrategies,
    private readonly sql: Sql,
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
    const sent = await refusedField(() => this.own.suggest(viewer, form.value, null), form.values);
    if ('form' in sent) return this.suggestion(viewer, i18n, sent.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  @Get('mine')
  async mine(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(ownStrategies, { memberId: viewer.memberId });
    const asked = await this.sql.rows(asks, { memberId: viewer.memberId });
    const view = {
      strategies: rows.map((row) => ({
        ...row,
        status: i18n.t(
          row.status === 'withdrawn'
            ? `strategies.own.withdrawn-${row.withdrawnBy ?? 'staff'}`
            : `strategies.own.${row.status}`,
        ),
        href: row.status === 'withdrawn' ? null : `/strategies/${row.slug}`,
        edit:
          CHANGEABLE.includes(row.status) && row.withdrawnBy !== 'staff'
            ? `/strategies/${row.slug}/edit`
            : null,
        withdraw: row.status === 'withdrawn' ? null : `/strategies/${row.slug}/withdraw`,
        when: i18n.when(row.updatedAt),
      })),
      asks: asked.map((ask) => ({
        ...ask,
        title: ask.title === '' ? i18n.t('threads.away') : ask.title,
        post: postPath(ask.threadId, ask.number),
        page: `/posts/${ask.postId}/strategies`,
      })),
    };
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
    const done = await refusedField(() => this.own.change(viewer, slug, form.value), form.values);
    if ('form' in done) return this.editPage(viewer, i18n, slug, done.form);
    return seeOther('/strategies/mine', 'strategies.notice.suggested');
  }

  @Post(':slug/withdraw')
  async withdraw(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.own.withdraw(viewer, slug);
    return seeOther('/strategies/mine', 'strategies.notice.withdrawn');
  }

  private suggestion(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Page {
    if (!viewer.verified) throw new Forbidden('accounts.error.unverified');
    const form = formView(i18n, faulty, { minutes: '5' });
    const key = form.values.idempotencyKey;
    const view = {
      ...strategyFormView(form, i18n),
      action: '/strategies',
      name: viewer.handle,
      credited: form.values.credited !== undefined,
      consent: form.values.consent !== undefined,
      idempotencyKey: typeof key === 'string' && key !== '' ? key : newToken(12),
    };
    return formPage('strategies/new', view, faulty, {
      titleKey: 'strategies.new.title',
    });
  }

  private async editPage(
    viewer: Viewer,
    i18n: Translator,
    slug: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = await this.sql.first(oneOwn, {
      slug: slug.slice(0, 80),
      memberId: viewer.memberId,
    });
    if (row === null) throw new NotFound();
    if (!CHANGEABLE.includes(row.status)) throw new Forbidden('strategies.error.published');
    const form = formView(i18n, faulty, valuesOfStrategy(row, row.version));
    const view = {
      ...strategyFormView(form, i18n),
      action: `/strategies/${row.slug}/edit`,
      note: row.note,
      version: form.values.version ?? row.version,
    };
    return formPage('strategies/edit', view, faulty, {
      titleKey: 'strategies.edit.title',
    });
  }
}
