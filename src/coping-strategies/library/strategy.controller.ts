import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import { isStaff, type MaybeViewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { answers, outcomes, similar, stories } from '../core/strategy-page.queries.js';
import {
  answerForm,
  answerLines,
  outcomeLines,
  storyView,
  strategyView,
} from './strategy-page.view.js';
import { strategyText } from './strategy-text.js';
import { strategyCard } from '../core/strategies.view.js';

/** One strategy: on the screen, on paper, as plain text. */
@Controller('strategies')
export class StrategyController {
  constructor(
    private readonly door: StrategyAccess,
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  @Get(':slug.txt')
  async text(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const row = await this.door.load(viewer, slug);
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    res.setHeader('Content-Disposition', `inline; filename="${row.slug}.txt"`);
    res.setHeader('Content-Language', row.language);
    res.setHeader('Cache-Control', 'private, no-store');
    return strategyText(
      strategyView(row, i18n),
      `${this.config.baseUrl}/strategies/${row.slug}`,
      i18n,
    );
  }

  @Get(':slug/print')
  async print(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.door.load(viewer, slug);
    return page(
      'strategies/print',
      {
        strategy: strategyView(row, i18n),
        address: `${this.config.baseUrl}/strategies/${row.slug}`,
      },
      { title: row.name },
    );
  }

  @Get(':slug')
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.door.load(viewer, slug);
    const told = await this.sql.rows(stories, {
      strategyId: row.id,
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
    });
    const said = await this.sql.rows(answers, { rowId: row.id });
    const counted = await this.sql.rows(outcomes, { strategyId: row.id });
    const others = await this.sql.rows(similar, {
      strategyId: row.id,
      viewerId: viewer?.memberId ?? null,
    });
    const published = row.status === 'published';
    const view = {
      strategy: strategyView(row, i18n),
      saved: row.saved,
      waiting: published ? null : i18n.t(`strategies.status.${row.status}`),
      stories: told.map((story) => storyView(story, i18n)),
      lines: answerLines(said, i18n),
      outcomes: outcomeLines(counted, i18n),
      answer: viewer !== null && published ? answerForm(row, i18n) : null,
      hide:
        viewer === null || !published
          ? null
          : {
              action: `/strategies/${row.slug}/${row.hidden ? 'unhide' : 'hide'}`,
              label: i18n.t(row.hidden ? 'strategies.unhide' : 'strategies.hide'),
              hidden: row.hidden,
            },
      similar: others.map((other) => strategyCard(other, i18n)),
    };
    return page('strategies/strategy', view, {
      title: row.name,
      indexable: published && told.every((story) => story.searchable),
      canonical: `/strategies/${row.slug}`,
    });
  }
}
