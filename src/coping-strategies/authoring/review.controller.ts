import { Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Sql, statement, type NoParams } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { tickOptions } from '../../http/options.js';
import { formPage, formView } from '../../http/form-page.js';
import { Staff } from '../../http/guards.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Review } from './review.dto.js';
import { Reviewing } from './reviewing.service.js';
import { bySlug } from '../core/strategy-page.queries.js';
import { strategyView } from '../library/strategy-page.view.js';

interface WaitingRow {
  slug: string;
  name: string;
  credit: string;
  tier: string | null;
  updatedAt: Date;
}

/** Soonest due first. */
const waiting = statement<NoParams, WaitingRow>(
  'strategies.waiting',
  `select s.slug, s.name, s.credit, rc.tier, s.updated_at as "updatedAt" from coping_strategies s
   left join review_cases rc on rc.kind = 'strategy' and rc.strategy_id = s.id and rc.state = 'open'
   where s.status = 'proposed' order by rc.due_at nulls last, s.id limit 100`,
);

/** What members suggest, for moderators of the site to read and answer. */
@Staff()
@Controller('mod/strategies')
export class ReviewController {
  constructor(
    private readonly reviewing: Reviewing,
    private readonly sql: Sql,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(waiting);
    const view = {
      strategies: rows.map((row) => ({
        name: row.name,
        href: `/mod/strategies/${row.slug}`,
        when: i18n.t('strategies.mod.waits', { when: i18n.when(row.updatedAt) }),
      })),
    };
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
    const done = await refusedField(
      () => this.reviewing.review(viewer, slug, form.value),
      form.values,
    );
    if ('form' in done) return this.reviewPage(i18n, slug, done.form);
    return seeOther('/mod/strategies', 'strategies.notice.reviewed');
  }

  private async reviewPage(i18n: Translator, slug: string, faulty?: FaultyForm): Promise<Page> {
    const row = await this.sql.first(bySlug, {
      slug: slug.slice(0, 80),
      viewerId: null,
      isStaff: true,
    });
    if (row === null || row.status !== 'proposed') throw new NotFound();
    const form = formView(i18n, faulty);
    const picked = form.values.action ?? 'publish';
    const view = {
      strategy: strategyView(row, i18n),
      form,
      action: `/mod/strategies/${row.slug}`,
      version: form.values.version ?? row.version,
      actions: tickOptions(
        ['publish', 'return', 'decline'],
        picked,
        (value) => i18n.t(`strategies.mod.${value}.label`),
        (value) => i18n.t(`strategies.mod.${value}.hint`),
      ),
    };
    return formPage('strategies/mod-review', view, faulty, {
      titleKey: 'strategies.mod.title',
    });
  }
}
