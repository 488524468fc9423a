import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { page, type Page } from '../http/page.js';
import { InWords, Who } from '../http/request.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { StrategyDoor } from './strategy-door.js';
import { answers, outcomes, similar, stories } from './strategy-page.queries.js';
import {
  answerForm,
  answerLines,
  outcomeLines,
  storyView,
  strategyView,
} from './strategy-page.view.js';
import { strategyText } from './strategy-text.js';
import { strategyCard } from './strategies.view.js';

/** One strategy: on the screen, on paper, as plain text. */
@Controller('strategies')
export class StrategyController {
  constructor(
    private readonly door: StrategyDoor,
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  @Get(':slug.txt')
  async text(
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const row = await this.door.open(viewer, slug);
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    res.setHeader('Content-Disposition', `inline; filename="${row.slug}.txt"`);
    res.setHeader('Content-Language', row.language);
    res.setHeader('Cache-Control', 'private, no-store');
    return strategyText(
      strategyView(row, words),
      `${this.config.baseUrl}/strategies/${row.slug}`,
      words,
    );
  }

  @Get(':slug/print')
  async print(
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.door.open(viewer, slug);
    return page(
      'strategies/print',
      {
        strategy: strategyView(row, words),
        address: `${this.config.baseUrl}/strategies/${row.slug}`,
      },
      { title: row.name },
    );
  }

  @Get(':slug')
  async show(
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.door.open(viewer, slug);
    const told = await this.sql.rows(stories, [row.id, viewer?.memberId ?? null, isStaff(viewer)]);
    const said = await this.sql.rows(answers, [row.id]);
    const counted = await this.sql.rows(outcomes, [row.id]);
    const others = await this.sql.rows(similar, [row.id, viewer?.memberId ?? null]);
    const published = row.status === 'published';
    const view = {
      strategy: strategyView(row, words),
      saved: row.saved,
      waiting: published ? null : words.t(`strategies.status.${row.status}`),
      stories: told.map((story) => storyView(story, words)),
      lines: answerLines(said, words),
      outcomes: outcomeLines(counted, words),
      answer: viewer !== null && published ? answerForm(row, words) : null,
      hide:
        viewer === null || !published
          ? null
          : {
              action: `/strategies/${row.slug}/${row.hidden ? 'unhide' : 'hide'}`,
              label: words.t(row.hidden ? 'strategies.unhide' : 'strategies.hide'),
              hidden: row.hidden,
            },
      similar: others.map((other) => strategyCard(other, words)),
    };
    return page('strategies/strategy', view, {
      title: row.name,
      indexable: published && told.every((story) => story.searchable),
      canonical: `/strategies/${row.slug}`,
    });
  }
}
