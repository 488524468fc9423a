import { Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Review } from './review.dto.js';
import { Reviewing } from './reviewing.service.js';
import { bySlug } from './strategy-page.queries.js';
import { strategyView } from './strategy-page.view.js';

interface WaitingRow {
  slug: string;
  name: string;
  credit: string;
  tier: string | null;
  updatedAt: Date;
}

/** Soonest due first. */
const waiting = statement<WaitingRow>(
  'strategies.waiting',
  `select s.slug, s.name, s.credit, rc.tier, s.updated_at as "updatedAt" from coping_strategies s
   left join review_cases rc on rc.kind = 'strategy' and rc.strategy_id = s.id and rc.state = 'open'
   where s.status = 'proposed' order by rc.due_at nulls last, s.id limit 100`,
);

/** What members suggest, for moderators of the site to read and answer. */
@Controller('mod/strategies')
export class ReviewController {
  constructor(
    private readonly reviewing: Reviewing,
    private readonly sql: Sql,
    private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    if (!isStaff(viewer)) throw new NotFound();
    const rows = await this.sql.rows(waiting);
    const view = {
      strategies: rows.map((row) => ({
        name: row.name,
        href: `/mod/strategies/${row.slug}`,
        when: words.t('strategies.mod.waits', { when: words.when(row.updatedAt) }),
      })),
    };
    return page('strategies/mod-list', view, { titleKey: 'strategies.mod.title' });
  }

  @Get(':slug')
  async read(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.reviewPage(viewer, words, slug);
  }

  @Post(':slug')
  async decide(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
    @Form(Review) form: Submitted<Review>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.reviewPage(viewer, words, slug, form);
    const done = await refusedField(
      () => this.reviewing.review(viewer, slug, form.value),
      form.values,
    );
    if ('form' in done) return this.reviewPage(viewer, words, slug, done.form);
    return seeOther('/mod/strategies', 'strategies.notice.reviewed');
  }

  private async reviewPage(
    viewer: Viewer,
    words: Words,
    slug: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = isStaff(viewer)
      ? await this.sql.first(bySlug, [slug.slice(0, 80), null, true])
      : null;
    if (row === null || row.status !== 'proposed') throw new NotFound();
    const form = formView(this.messages, words.locale, faulty);
    const picked = form.values.action ?? 'publish';
    const view = {
      strategy: strategyView(row, words),
      form,
      action: `/mod/strategies/${row.slug}`,
      version: form.values.version ?? row.version,
      actions: ['publish', 'return', 'decline'].map((value) => ({
        value,
        label: words.t(`strategies.mod.${value}.label`),
        hint: words.t(`strategies.mod.${value}.hint`),
        checked: value === picked,
      })),
    };
    return page('strategies/mod-review', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'strategies.mod.title',
    });
  }
}
