import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Admin } from '../../http/guards.js';
import { readIdCursor, escapeLike } from '../../http/pagination.js';
import { selectOptions, tickOptions } from '../../http/options.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { adminList, adminOne, ADMIN_PAGE } from './admin-strategies.queries.js';
import { StrategyCare } from './strategy-care.service.js';
import { strategyFormView, valuesOfStrategy } from '../authoring/strategy-form.view.js';
import { SourcedStrategy, StrategyExport } from '../core/strategy.dto.js';
import { ORIGINS } from '../core/vocabulary.js';

const STATES = ['published', 'draft', 'proposed', 'withdrawn'] as const;

/** The library as its keepers see it. */
@Admin()
@Controller('admin/strategies')
export class AdminStrategiesController {
  constructor(
    private readonly care: StrategyCare,
    private readonly sql: Sql,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const status = STATES.find((each) => each === textQuery(req, 'status')) ?? null;
    const q = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const rows = await this.sql.rows(adminList, {
      status,
      text: escapeLike(q),
      before: readIdCursor(textQuery(req, 'before')),
      limit: ADMIN_PAGE + 1,
    });
    const shown = rows.slice(0, ADMIN_PAGE);
    const more = new URLSearchParams({
      ...(status === null ? {} : { status }),
      ...(q === '' ? {} : { q }),
      before: shown.at(-1)?.id ?? '',
    });
    const view = {
      q,
      statuses: selectOptions(['', ...STATES], status ?? '', (state) =>
        i18n.t(`strategies.admin.state.${state === '' ? 'all' : state}`),
      ),
      strategies: shown.map((row) => ({
        name: row.name,
        href:
          row.status === 'proposed'
            ? `/mod/strategies/${row.slug}`
            : `/admin/strategies/${row.slug}`,
        meta: i18n.t('strategies.admin.row', {
          state: i18n.t(`strategies.admin.state.${row.status}`),
          number: row.version,
          language: row.language,
          when: i18n.when(row.updatedAt),
        }),
        byMember: row.byMember,
      })),
      next: rows.length > shown.length ? `/admin/strategies?${more.toString()}` : null,
    };
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
    const done = await refusedField(() => this.care.change(viewer, slug, form.value), form.values);
    if ('form' in done) return this.editPage(i18n, slug, done.form);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.changed');
  }

  @Post(':slug/withdraw')
  async withdraw(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(StrategyExport) form: Submitted<StrategyExport>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editPage(i18n, slug, form);
    const done = await refusedField(
      () => this.care.withdraw(viewer, slug, form.value.reason),
      form.values,
    );
    if ('form' in done) return this.editPage(i18n, slug, done.form);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.taken-out');
  }

  @Post(':slug/publish')
  async publish(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.care.publish(viewer, slug);
    return seeOther(`/admin/strategies/${slug}`, 'strategies.notice.published');
  }

  private async editPage(i18n: Translator, slug: string, faulty?: FaultyForm): Promise<Page> {
    const row = await this.sql.first(adminOne, { slug: slug.slice(0, 80) });
    if (row === null) throw new NotFound();
    const stored = {
      ...valuesOfStrategy(row, row.version),
      origin: row.origin,
      sourceName: row.sourceName,
      sourceUrl: row.sourceUrl,
      reviewedOn: row.reviewedOn ?? '',
    };
    const form = formView(i18n, faulty, stored);
    const view = {
      ...strategyFormView(form, i18n),
      slug: row.slug,
      name: row.name,
      stableId: row.stableId,
      state: i18n.t(`strategies.admin.state.${row.status}`),
      byMember: row.byMember,
      steps: row.steps,
      version: form.values.version ?? row.version,
      origins: tickOptions(ORIGINS, form.values.origin, (value) =>
        i18n.t(`strategies.origin.${value}.label`),
      ),
      published: row.status === 'published',
      publishable: row.status !== 'published' && (!row.byMember || row.withdrawnBy === 'staff'),
    };
    return formPage('strategies/admin-edit', view, faulty, {
      titleKey: 'strategies.admin.title',
    });
  }
}
